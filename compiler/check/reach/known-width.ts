import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";

const addresses32 = 1n << 32n;

/**
 * Whether it makes no difference if the set is for 32-bit or for 64-bit ARM, where nothing says which: below 4G both see the
 * same addresses. What lies above is cut off by one of them (`unsigned long` of the hypervisor, page tables of cells) and
 * would be the memory of another address there.
 */
export function isSameForBothWidths({ system, all }: CheckedSet): boolean {
  const machines = (system ?? all[0])?.machines ?? [];
  return machines.length < 2 || !all.some(hasAddressesAbove4G);
}

function hasAddressesAbove4G({ regions, physicalDevices, system }: CheckedConfig): boolean {
  const { arm = null, pciMmconfigBase = 0n, pciMmconfigEndBus = 0 } = system?.platform ?? {};
  const memory = system?.hypervisorMemory;
  const ends = [
    pciMmconfigBase === 0n ? 0n : pciMmconfigBase + (BigInt(pciMmconfigEndBus + 1) << 20n),
    memory === undefined ? 0n : memory.physStart + memory.size,
    ...(arm === null
      ? []
      : [arm.gicdBase, arm.giccBase, arm.gicvBase, arm.gicrBase].map((base) => base + 1n)),
  ];
  return (
    ends.some((end) => end > addresses32) ||
    regions.some(({ size, phys, virt }) => size > 0n && (phys.end > addresses32 || virt.end > addresses32)) ||
    physicalDevices.some(
      ({ msixAddress, msixRegionSize }) => msixAddress + BigInt(msixRegionSize) > addresses32,
    )
  );
}
