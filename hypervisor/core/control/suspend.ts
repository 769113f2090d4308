import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";

/** Stops the cell's CPUs in the hypervisor, but not the one that manages (hypervisor/control.c:131). */
export function suspendCell(hypervisor: Hypervisor, cell: Cell): void {
  for (const id of cell.cpus) {
    if (id === hypervisor.currentCpu) continue;
    const cpu = hypervisor.cpu(id);
    if (cpu.stopped) hypervisor.architecture.suspendStopped(cpu);
    if (!cpu.suspended && !cpu.stopped) hypervisor.onCallIn(cpu);
    cpu.suspended = true;
  }
}

/** Lets the cell's CPUs go on. */
export function resumeCell(hypervisor: Hypervisor, cell: Cell): void {
  for (const id of cell.cpus) {
    if (id !== hypervisor.currentCpu) hypervisor.cpu(id).suspended = false;
  }
}
