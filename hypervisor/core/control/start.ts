import { CommRegion } from "../comm-region.js";
import { memory } from "../config/cell-config.js";
import { takeFromRoot } from "../hand-over.js";
import type { Hypervisor } from "../hypervisor.js";
import { commit } from "./commit.js";
import { managed } from "./managed.js";

/**
 * Starts a cell, also one that runs (hypervisor/control.c:620-676). If what was loadable cannot be taken from the root cell,
 * the cell's CPUs stay suspended.
 */
export function startCell(hypervisor: Hypervisor, id: number): void {
  managed(hypervisor, "start", id, (cell) => {
    if (cell.loadable) {
      for (const region of cell.config.memoryRegions) {
        if ((region.flags & memory.loadable) !== 0n) takeFromRoot(hypervisor, region);
      }
      commit(hypervisor, null);
      cell.loadable = false;
      hypervisor.handOvers.note("started", cell.config);
    }
    new CommRegion(hypervisor, cell).reset();
    hypervisor.pci.resetCell(cell);
    hypervisor.architecture.resetCell(cell);
    for (const cpuId of cell.cpus) {
      const cpu = hypervisor.cpu(cpuId);
      cpu.failed = false;
      cpu.suspended = false;
      hypervisor.architecture.resetCpu(cpu);
    }
    hypervisor.print(`Started cell "${cell.name}"\n`);
  });
}
