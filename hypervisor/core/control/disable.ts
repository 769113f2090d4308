import { shutDown } from "../enable/enable.js";
import type { Hypervisor } from "../hypervisor.js";
import { Refusal } from "../refusal.js";

/**
 * Ends the hypervisor: each CPU of the root cell calls it, the first one of them does the work (hypervisor/control.c:808-894).
 * Refused while there are other cells.
 */
export function disable(hypervisor: Hypervisor): void {
  if (hypervisor.cpu(hypervisor.currentCpu).cell !== hypervisor.rootCell) throw new Refusal("EPERM");
  if (hypervisor.cells.length > 0) throw new Refusal("EBUSY");
  if (!hypervisor.isShutDown) {
    hypervisor.print("Shutting down hypervisor\n");
    shutDown(hypervisor);
    hypervisor.isShutDown = true;
  }
  hypervisor.print(` Releasing CPU ${hypervisor.currentCpu}\n`);
}
