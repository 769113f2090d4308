import { encodeText } from "../../schema/text.js";
import { sysfsRoot } from "../driver/sysfs.js";
import type { ToolRun } from "./tool-run.js";

/** A line for each cell, by their numbers as text; nothing without the module, or while nothing is enabled. */
export function listCells(run: ToolRun): number {
  const { driver } = run.host;
  if (driver === null) return 0;
  const { sysfs } = driver;
  const folder = `${sysfsRoot}/cells`;
  const ids = sysfs.list(folder);
  if (ids.length > 0) run.stdout += row(["ID", "Name", "State", "Assigned CPUs", "Failed CPUs"]);
  for (const id of ids) {
    const line = (name: string): string => sysfs.readText(`${folder}/${id}/${name}`).replace(/\n$/, "");
    run.stdout += row([
      id,
      line("name"),
      line("state"),
      line("cpus_assigned_list"),
      line("cpus_failed_list"),
    ]);
  }
  return 0;
}

const widths = [8, 24, 18, 24, 24];

/** Columns are as wide as so many bytes. */
function row(cells: readonly string[]): string {
  const padded = cells.map(
    (text, column) => text + " ".repeat(Math.max(0, widths[column]! - encodeText(text).length)),
  );
  return `${padded.join("")}\n`;
}
