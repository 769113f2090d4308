import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";

/** Makes what changed take effect: in caches, IOMMUs and interrupt controllers (hypervisor/control.c:282). */
export function commit(hypervisor: Hypervisor, changed: Cell | null): void {
  hypervisor.architecture.commit(changed);
  hypervisor.pci.commit(changed);
}
