import { commonSections, type PciDevice } from "../../ir/pci.js";
import type { CheckedConfig } from "./checked-config.js";
import type { Region } from "./region.js";

const known = new WeakMap<CheckedConfig, ReadonlyMap<number, ReadonlySet<number>>>();

/**
 * The links that a region of the memory table is shared memory of, by the address (bdf) of their virtual device: the
 * hypervisor connects devices by that alone (hypervisor/ivshmem.c:415).
 */
export function linksOfRegion({ config, index }: Region): ReadonlySet<number> {
  return linksByRegion(config).get(index) ?? noLinks;
}

/** True for shared memory of links that the root cell is no peer of: the root cell need not have it. */
export function isBetweenCells(region: Region, system: CheckedConfig): boolean {
  const links = linksOfRegion(region);
  return links.size > 0 && system.ivshmemDevices.every(({ bdf }) => !links.has(bdf));
}

/** True where elements can come or go behind the region: no shared-memory device counts on the place of later ones. */
export function keepsIndices({ config, index }: Region): boolean {
  let last = lastStarts.get(config);
  if (last === undefined) {
    last = config.ivshmemDevices.reduce((most, device) => Math.max(most, device.shmemRegionsStart), 0);
    lastStarts.set(config, last);
  }
  return last <= index;
}

const lastStarts = new WeakMap<CheckedConfig, number>();

const noLinks: ReadonlySet<number> = new Set();

function linksByRegion(config: CheckedConfig): ReadonlyMap<number, ReadonlySet<number>> {
  let links = known.get(config);
  if (links === undefined) {
    links = collect(config);
    known.set(config, links);
  }
  return links;
}

function collect(config: CheckedConfig): ReadonlyMap<number, ReadonlySet<number>> {
  const links = new Map<number, Set<number>>();
  for (const device of config.ivshmemDevices) {
    const { shmemRegionsStart } = device;
    const end = Math.min(shmemRegionsStart + sectionCount(device), config.regions.length);
    for (let index = shmemRegionsStart; index < end; index++) {
      const ofRegion = links.get(index) ?? new Set();
      links.set(index, ofRegion.add(device.bdf));
    }
  }
  return links;
}

function sectionCount({ shmemGeneration, shmemPeers }: PciDevice): number {
  return shmemGeneration === "one-region" ? 1 : commonSections + shmemPeers;
}
