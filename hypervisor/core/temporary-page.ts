import type { HypervisorServices } from "./services.js";

/**
 * The page that the hypervisor maps for itself to look at a physical address: bits that its words or its tables do not have
 * are lost.
 */
export function temporaryPage({ wordBits, setup }: HypervisorServices, physical: bigint): number {
  const bits = Math.min(wordBits, setup.ownTables.physicalBits);
  return Number(BigInt.asUintN(bits, physical) & ~0xfffn);
}
