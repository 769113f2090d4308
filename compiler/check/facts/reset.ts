import type { CheckedConfig } from "./checked-config.js";
import { isSince } from "./history.js";
import type { Region } from "./region.js";

/** Where x86 processors start by themselves, and cells did before configs could say otherwise. */
const x86Reset = 0xffff0n;

/**
 * Where the CPUs of a cell start: as the config says since May 2017 (revision 5, upstream's afa6c92f). Before, x86
 * started below the first megabyte and ARM at 0. Zero in the field is address 0.
 */
export function resetAddress(config: CheckedConfig): bigint {
  if (isSince(config, "r5.1")) return config.cell.cpuResetAddress;
  return config.machine === "x86" ? x86Reset : 0n;
}

/**
 * The region that a cell sees at an address: of several, the last one, since later regions are mapped over earlier ones
 * (hypervisor/control.c:521). Trapped regions count where nothing is mapped.
 */
export function regionAt(config: CheckedConfig, address: bigint): Region | undefined {
  const there = [...config.byVirtual.overlapping({ start: address, end: address + 1n })].map(
    ({ region }) => region,
  );
  const mapped = there.filter(({ isMapped }) => isMapped);
  return (mapped.length > 0 ? mapped : there).reduce<Region | undefined>(
    (last, region) => (last === undefined || region.index > last.index ? region : last),
    undefined,
  );
}

/**
 * The communication region that lies over the memory in which the CPUs of a cell would start otherwise; what lies where two
 * regions overlap has a rule of its own.
 */
export function commOverReset(config: CheckedConfig): Region | undefined {
  const address = resetAddress(config);
  const seen = regionAt(config, address);
  if (seen?.comm !== true) return undefined;
  const there = config.byVirtual.overlapping({ start: address, end: address + 1n });
  return [...there].some(({ region }) => region !== seen && region.isMapped) ? seen : undefined;
}

/** True where the driver takes an image for an address: it goes by the first region there (driver/cell.c:317). */
export function canBeLoaded(config: CheckedConfig, address: bigint): boolean {
  const there = [...config.byVirtual.overlapping({ start: address, end: address + 1n })];
  const first = there.map(({ region }) => region).sort((one, other) => one.index - other.index)[0];
  return first?.loadable === true && first.write;
}

/** True where some region can take an image. */
export function hasRoomForImage({ regions }: CheckedConfig): boolean {
  return regions.some(({ loadable, size }) => loadable && size > 0n);
}

/** The region that images are meant for, where its size is missing and no other can take one. */
export function imageRegionWithoutSize(config: CheckedConfig): Region | undefined {
  return hasRoomForImage(config) ? undefined : config.regions.find(({ loadable }) => loadable);
}
