import { cellStates } from "../cell.js";
import { CommRegion } from "../comm-region.js";
import { memory } from "../config/cell-config.js";
import { returnToRoot } from "../hand-over.js";
import type { Hypervisor } from "../hypervisor.js";
import { commit } from "./commit.js";
import { managed } from "./managed.js";

/** Shuts a cell down and lets the root cell write to its loadable memory (hypervisor/control.c:678-710). */
export function setLoadable(hypervisor: Hypervisor, id: number): void {
  managed(hypervisor, "set loadable", id, (cell) => {
    for (const cpuId of cell.cpus) {
      const cpu = hypervisor.cpu(cpuId);
      cpu.failed = false;
      cpu.suspended = false;
      hypervisor.architecture.parkCpu(cpu);
    }
    if (cell.loadable) return;
    new CommRegion(hypervisor, cell).state = cellStates.shutDown;
    cell.loadable = true;
    hypervisor.pci.resetCell(cell);
    for (const region of cell.config.memoryRegions) {
      if ((region.flags & memory.loadable) !== 0n) returnToRoot(hypervisor, region, "abort");
    }
    hypervisor.handOvers.note("loadable", cell.config);
    commit(hypervisor, null);
    hypervisor.print(`Cell "${cell.name}" can be loaded\n`);
  });
}
