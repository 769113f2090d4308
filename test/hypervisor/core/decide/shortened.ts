import type { DecidingEntry } from "../../../../hypervisor/core/decide/decision.js";

/** `pio_regions[1] below`, with the cell's name if it is not this one. */
export function shortened(cell: string, { table, index, role, lacks, ...entry }: DecidingEntry): string {
  const owner = entry.cell === cell ? "" : `${entry.cell}: `;
  const what = lacks.length === 0 ? role : `${role} ${lacks.join()}`;
  return `${owner}${table}${index === null ? "" : `[${index}]`} ${what}`;
}
