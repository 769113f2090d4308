import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import { Refusal } from "../refusal.js";
import { exchangeMessage, mayReconfigure, messages } from "./messages.js";
import { resumeCell, suspendCell } from "./suspend.js";

/**
 * What starting, loading and destroying begin and end with: the root cell stands still, the cell agrees and is stopped
 * (hypervisor/control.c:584-618). Only destroying asks whether another cell has locked the partitioning.
 */
export function managed(
  hypervisor: Hypervisor,
  task: "start" | "set loadable" | "destroy",
  id: number,
  action: (cell: Cell) => void,
): void {
  const { rootCell } = hypervisor;
  if (hypervisor.cpu(hypervisor.currentCpu).cell !== rootCell) throw new Refusal("EPERM");
  suspendCell(hypervisor, rootCell);
  try {
    const cell = hypervisor.allCells.find(({ config }) => config.id === id);
    if (cell === undefined) throw new Refusal("ENOENT");
    if (cell.isRoot) throw new Refusal("EINVAL");
    const isFree = task !== "destroy" || mayReconfigure(hypervisor, cell);
    if (!isFree || !exchangeMessage(hypervisor, cell, messages.shutdownRequest)) throw new Refusal("EPERM");
    suspendCell(hypervisor, cell);
    action(cell);
  } finally {
    resumeCell(hypervisor, rootCell);
  }
}
