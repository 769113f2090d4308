import { cellStates } from "../cell.js";
import { CommRegion } from "../comm-region.js";
import type { Hypervisor } from "../hypervisor.js";
import { Refusal } from "../refusal.js";

const known: ReadonlySet<number> = new Set(Object.values(cellStates));

/** State of a cell, as its communication region says it; a number that is none is refused (hypervisor/control.c:766). */
export function cellState(hypervisor: Hypervisor, id: number): number {
  if (hypervisor.cpu(hypervisor.currentCpu).cell !== hypervisor.rootCell) throw new Refusal("EPERM");
  const cell = hypervisor.allCells.find(({ config }) => config.id === id);
  if (cell === undefined) throw new Refusal("ENOENT");
  const { state } = new CommRegion(hypervisor, cell);
  if (!known.has(state)) throw new Refusal("EINVAL");
  return state;
}
