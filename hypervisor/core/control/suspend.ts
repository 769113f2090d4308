import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import { MachineHang } from "../refusal.js";

/**
 * Stops the cell's CPUs in the hypervisor, but not the one that manages (hypervisor/control.c:131).
 *
 * @throws MachineHang where one of them never says that it has stopped
 */
export function suspendCell(hypervisor: Hypervisor, cell: Cell): void {
  for (const id of cell.cpus) {
    if (id === hypervisor.currentCpu) continue;
    const cpu = hypervisor.cpu(id);
    if (cpu.lost !== null) throw new MachineHang(`CPU ${id} is waited for: ${cpu.lost}`);
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
