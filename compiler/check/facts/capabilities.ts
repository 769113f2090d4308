import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { type CheckedConfig, isIvshmem } from "./checked-config.js";

/** Ids of the capabilities that the hypervisor, or what it lets through, depends on. */
export const capabilityId = { pm: 0x01, msi: 0x05, msix: 0x11 } as const;

/** The part of the table that a device takes its capabilities from, cut off where the table ends. */
export interface CapabilityRange {
  readonly first: number;
  /** The index behind the last one. */
  readonly end: number;
}

export function capabilityRange(device: PciDevice, config: CheckedConfig): CapabilityRange {
  const { length } = config.cell.pciCapabilities;
  const first = Math.min(device.capsStart, length);
  return { first, end: Math.min(device.capsStart + device.numCaps, length) };
}

/**
 * The capabilities of shared-memory devices are made up by the hypervisor: only in the root cell are the listed ones
 * ever looked at (hypervisor/pci.c:233, 327, 808).
 */
export function readsCapabilities(device: PciDevice, config: CheckedConfig): boolean {
  return device.numCaps > 0 && (config.isRoot || !isIvshmem(device));
}

/** The hypervisor would read on behind the table. */
export function exceedsTable(device: PciDevice, config: CheckedConfig): boolean {
  const { length } = config.cell.pciCapabilities;
  return readsCapabilities(device, config) && device.capsStart + device.numCaps > length;
}

interface Index {
  /** Ascending places in the table by the number of the capability, extended ones apart. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** The device that has it, for each place of the table. */
  readonly users: readonly (PciDevice | undefined)[];
}

const indexes = new WeakMap<CheckedConfig, Index>();

function indexOf(config: CheckedConfig): Index {
  let index = indexes.get(config);
  if (index === undefined) {
    index = { places: placesOf(config), users: usersOf(config) };
    indexes.set(config, index);
  }
  return index;
}

function placesOf({ cell }: CheckedConfig): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  cell.pciCapabilities.forEach(({ id, extended }, place) => {
    if (extended) return;
    const same = places.get(id);
    if (same === undefined) places.set(id, [place]);
    else same.push(place);
  });
  return places;
}

/** One pass over the table, however many devices share its parts. */
function usersOf(config: CheckedConfig): readonly (PciDevice | undefined)[] {
  const { pciCapabilities, pciDevices } = config.cell;
  const users = new Array<PciDevice | undefined>(pciCapabilities.length).fill(undefined);
  let place = 0;
  for (const device of [...pciDevices].sort((one, other) => one.capsStart - other.capsStart)) {
    const { first, end } = capabilityRange(device, config);
    for (place = Math.max(place, first); place < end; place++) users[place] = device;
  }
  return users;
}

/** The capability of a device with this number, the first of several. */
export function capabilityOf(
  device: PciDevice,
  config: CheckedConfig,
  id: number,
): PciCapability | undefined {
  const { first, end } = capabilityRange(device, config);
  const places = indexOf(config).places.get(id) ?? [];
  let from = 0;
  for (let to = places.length; from < to; ) {
    const middle = (from + to) >>> 1;
    if (places[middle]! < first) from = middle + 1;
    else to = middle;
  }
  const place = places[from];
  return place !== undefined && place < end ? config.cell.pciCapabilities[place] : undefined;
}

/** A device that has the capability at each place of the table; undefined where none has. */
export function capabilityUsers(config: CheckedConfig): readonly (PciDevice | undefined)[] {
  return indexOf(config).users;
}
