import type { DaemonStatus } from "../../../hypervisor/index.js";
import { textTable } from "../text-table.js";
import { durationText } from "./duration.js";

/** What runs, for people. */
export function statusText(status: DaemonStatus): string {
  const { name, pid, busy, end, simulation } = status;
  const lines = [`simulation "${name}", process ${pid}`];
  if (end !== null) lines.push(`  ended: the machine would hang here: ${end}`);
  if (busy !== null) lines.push(`  busy for ${busy.seconds.toFixed(1)} s with: ${busy.operation}`);
  if (simulation === null) return `${lines.join("\n")}\n`;
  const { board, architecture, vendor, profile, clock, time, isEnabled, hang, cells } = simulation;
  if (architecture === null)
    lines.push("  machine: none yet, it is made for the first system that is enabled");
  else {
    const processor = vendor === null ? architecture : `${architecture} (${vendor})`;
    const origin = board === null ? "made for the system that was enabled" : board;
    lines.push(`  machine: ${origin}, ${processor}, configs of ${profile}`);
  }
  lines.push(
    `  time: ${durationText(time)}, ${clock === "follow" ? "follows the clock" : "stands until `cellc sim run`"}`,
  );
  if (hang !== null) lines.push(`  hangs: ${hang}`);
  else lines.push(`  Jailhouse: ${isEnabled ? "enabled" : "not enabled"}`);
  if (simulation.files.length > 0) lines.push(`  files: ${simulation.files.join(", ")}`);
  if (simulation.serialLines.length > 0) lines.push(`  serial lines: ${simulation.serialLines.join(", ")}`);
  const rows = cells.map((cell) => [String(cell.id), cell.name, cell.state, cell.cpus.join(",")]);
  const table = rows.length === 0 ? "" : textTable(["cell", "name", "state", "CPUs"], rows, new Set(), "  ");
  return `${lines.join("\n")}\n${table}`;
}
