import { errors } from "../../core/errno.js";
import { Refusal } from "../../core/refusal.js";
import { sysfsRoot } from "../../driver/sysfs.js";
import type { ToolRun } from "../tool-run.js";
import { StatsView } from "./stats-view.js";

const cellsFolder = `${sysfsRoot}/cells`;

/** `cell stats { ID | [--name] NAME }`: finds the cell; the screen goes on until it is left (tools/jailhouse-cell-stats). */
export function showStatistics(run: ToolRun): number {
  const args = run.argv.slice(3);
  const isNamed = args[0] === "--name";
  if (args.length < 1 || args.length > 2 || (!isNamed && args.length > 1)) return usage(run, 1);
  if (isNamed && args.length < 2) {
    run.stderr += "IndexError: list index out of range\n";
    return 1;
  }
  if (args[0] === "--help" || args[0] === "-h") return usage(run, 0);
  try {
    run.ongoing = { kind: "stats", view: viewOf(run, isNamed ? args[1]! : args[0]!, isNamed) };
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    run.stderr += `reading stats: ${errors[error.errno].text}\n`;
    return 1;
  }
}

function usage(run: ToolRun, exitCode: number): number {
  run.stdout += "usage: jailhouse cell stats { ID | [--name] NAME }\n";
  return exitCode;
}

function viewOf(run: ToolRun, argument: string, isNamed: boolean): StatsView {
  const sysfs = run.host.driver?.sysfs;
  if (sysfs === undefined) throw new Refusal("ENOENT");
  const nameOf = (id: string): string => sysfs.readText(`${cellsFolder}/${id}/name`).trimEnd();
  const number = isNamed ? null : decimalNumber(argument);
  const id = number ?? sysfs.list(cellsFolder).find((each) => nameOf(each) === argument) ?? "-1";
  const name = number === null ? argument : nameOf(number);
  const folder = `${cellsFolder}/${id}/statistics`;
  const entries = sysfs.list(folder);
  const counters = entries.filter((entry) => entry.startsWith("vmexits_"));
  const cpus = entries
    .filter((entry) => entry.startsWith("cpu"))
    .map((entry) => Number(entry.slice(3)))
    .sort((one, other) => one - other);
  return new StatsView(name, cpus, (cpu) => {
    const place = cpu === null ? folder : `${folder}/cpu${cpu}`;
    return new Map(counters.map((counter) => [counter, Number(sysfs.readText(`${place}/${counter}`))]));
  });
}

/** A number as Python reads it: decimal, with underlines between digits. @returns it without ornaments; null for anything else */
function decimalNumber(text: string): string | null {
  const match = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/.exec(text);
  if (match === null) return null;
  return BigInt((match[1] === "-" ? "-" : "") + match[2]!.replaceAll("_", "")).toString();
}
