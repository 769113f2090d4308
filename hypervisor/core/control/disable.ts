import { shutDown } from "../enable/enable.js";
import type { Hypervisor } from "../hypervisor.js";
import { Refusal } from "../refusal.js";

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
