import { cellStates } from "./cell.js";
import { CommRegion } from "./comm-region.js";
import type { HypervisorCpu } from "./cpu.js";
import type { Hypervisor } from "./hypervisor.js";

/**
 * Takes a CPU from its cell, after it has left the cell's bounds and that has been printed. Without any CPU left the cell has
 * failed (hypervisor/control.c:1005-1027).
 */
export function panicPark(hypervisor: Hypervisor, cpu: HypervisorCpu): void {
  const cell = cpu.cell!;
  hypervisor.print(`Parking CPU ${cpu.id} (Cell: "${cell.name}")\n`);
  cpu.failed = true;
  if ([...cell.cpus].every((id) => hypervisor.cpu(id).failed)) {
    new CommRegion(hypervisor, cell).state = cellStates.failed;
  }
  hypervisor.architecture.parkFailed(cpu);
}
