import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import { HypervisorFault } from "../refusal.js";

/** Makes what changed take effect: in caches, IOMMUs and interrupt controllers (hypervisor/control.c:282). */
export function commit(hypervisor: Hypervisor, changed: Cell | null): void {
  for (const cell of new Set([hypervisor.rootCell, changed])) {
    if (cell !== null && hasForeignCpus(cell)) throw new HypervisorFault(bytesOfCpuSet);
  }
  hypervisor.architecture.commit(changed);
  hypervisor.pci.commit(changed);
}

/** Bytes of a set of CPUs that fit into its page, behind the number of the highest one. */
const bytesOfCpuSet = 4088;

/**
 * A longer set runs on in the next page, which is that of the table of trapped regions: the address of the first one counts
 * as a set of CPUs then, whose data is not there.
 */
function hasForeignCpus({ config, mmio }: Cell): boolean {
  const beyond = config.cpuSet.length - bytesOfCpuSet;
  const [first] = mmio.regions;
  return beyond > 0 && first !== undefined && BigInt.asUintN(8 * beyond, first.start) !== 0n;
}
