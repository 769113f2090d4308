import { shutDown } from "../enable/enable.js";
import type { Hypervisor } from "../hypervisor.js";
import { MachineHang, Refusal } from "../refusal.js";

/**
 * Before a program of the root cell ends the hypervisor by itself: the others would have to do so at the same time.
 *
 * @throws MachineHang where its CPU is not the only one: it waits for them in the hypervisor, and Linux waits for it
 */
export function checkLoneDisable(hypervisor: Hypervisor): void {
  const { rootCell, cells, currentCpu } = hypervisor;
  const caller = hypervisor.cpu(currentCpu);
  const isRefused = caller.disabling === null ? cells.length > 0 : caller.disabling === "refused";
  if (caller.cell !== rootCell || isRefused || rootCell.cpus.size === 1) return;
  throw new MachineHang(
    `CPU ${currentCpu} waits in the hypervisor for the other CPUs of the root cell to leave it, too`,
  );
}

/**
 * Ends the hypervisor: each CPU of the root cell calls it, the first one of them does the work (hypervisor/control.c:808-894).
 * Refused while there are other cells; what the first CPU is told holds for one call of each CPU, whatever happens meanwhile.
 */
export function disable(hypervisor: Hypervisor): void {
  const { rootCell, cells } = hypervisor;
  const cpu = hypervisor.cpu(hypervisor.currentCpu);
  if (cpu.cell !== rootCell) throw new Refusal("EPERM");
  if (cpu.disabling === null) {
    for (const id of rootCell.cpus) hypervisor.cpu(id).disabling = cells.length > 0 ? "refused" : "started";
  }
  if (cpu.disabling === "refused") {
    cpu.disabling = null;
    throw new Refusal("EBUSY");
  }
  if (!hypervisor.isShutDown) {
    hypervisor.print("Shutting down hypervisor\n");
    shutDown(hypervisor);
    hypervisor.isShutDown = true;
  }
  hypervisor.print(` Releasing CPU ${hypervisor.currentCpu}\n`);
}
