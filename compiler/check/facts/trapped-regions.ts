import { type CheckedConfig, isIvshmem } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

/**
 * The lowest address of what the hypervisor traps for a cell when it has been set up: windows of configuration space and of
 * interrupt controllers, tables of MSI-X, and regions that are not made of whole pages. Registers of virtual devices come
 * later. Null where nothing is, or nothing is known.
 */
export function lowestTrap({ cell, regions }: CheckedConfig, { system }: CheckedSet): bigint | null {
  const platform = system?.system?.platform ?? null;
  if (system === null || platform === null) return null;
  const starts = regions.filter(({ isSubPage }) => isSubPage).map(({ node }) => node.virtStart);
  if (platform.pciMmconfigBase !== 0n) starts.push(platform.pciMmconfigBase);
  if (system.machine === "x86") starts.push(...cell.irqchips.map(({ address }) => address));
  else if (platform.arm !== null) starts.push(platform.arm.gicdBase, ...redistributors(system, platform.arm));
  for (const device of cell.pciDevices)
    if (!isIvshmem(device) && device.msixAddress !== 0n) starts.push(device.msixAddress);
  return starts.reduce<bigint | null>((least, each) => (least === null || each < least ? each : least), null);
}

/** Version 3 has one for each CPU: the first one is the lowest. */
function redistributors(
  { cpus }: CheckedConfig,
  { gicVersion, gicrBase }: { readonly gicVersion: number; readonly gicrBase: bigint },
): readonly bigint[] {
  return gicVersion >= 3 && cpus.length > 0 ? [gicrBase] : [];
}
