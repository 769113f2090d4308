/**
 * Shared-memory (ivshmem) devices and what they link. The hypervisor goes by the bus, device and function number alone:
 * devices that have the same one are ends of one link (hypervisor/ivshmem.c:416-417), whatever their domain is.
 */

import { commonSections, type PciDevice } from "../../ir/pci.js";
import { hex, sizeText } from "../words.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { devicesByAddress } from "./devices.js";
import type { Region } from "./region.js";

/** Ends that a link has room for (hypervisor/ivshmem.c:35). */
export const maxLinkEnds = 12;

/** One device of one cell. */
export interface LinkEnd {
  readonly config: CheckedConfig;
  readonly device: PciDevice;
  /**
   * State table, common section, and one output section for each peer; the one region of devices before mid 2019.
   * Empty where the table of the cell ends before.
   */
  readonly sections: readonly Region[];
}

/** All ends with the same bus, device and function number, the root cell's first. */
export interface Link {
  readonly bdf: number;
  readonly ends: readonly LinkEnd[];
}

/**
 * True where devices have sections and numbered peers, as since dbafd4b0 (July 2019). Within revision 12 sections came
 * before numbers of peers, and one region before sections: there a config in which no device has a peer is of that time.
 */
export function hasSections(checked: CheckedConfig): boolean {
  let sectioned = withSections.get(checked);
  if (sectioned === undefined) {
    const { config, ivshmemDevices } = checked;
    sectioned =
      ivshmemDevices[0]?.shmemGeneration === "several-regions" &&
      (config.revision !== 12 || ivshmemDevices.some(({ shmemPeers }) => shmemPeers > 0));
    withSections.set(checked, sectioned);
  }
  return sectioned;
}

const withSections = new WeakMap<CheckedConfig, boolean>();

/** True where a device is one memory region, and a link has two ends. */
export function hasOneRegion({ ivshmemDevices }: CheckedConfig): boolean {
  return ivshmemDevices[0]?.shmemGeneration === "one-region";
}

const endsByConfig = new WeakMap<CheckedConfig, readonly LinkEnd[]>();

export function linkEndsOf(config: CheckedConfig): readonly LinkEnd[] {
  let ends = endsByConfig.get(config);
  if (ends === undefined) {
    ends = config.ivshmemDevices.map((device) => ({ config, device, sections: sectionsOf(config, device) }));
    endsByConfig.set(config, ends);
  }
  return ends;
}

/** The ends of devices that have sections. */
export function sectionedEndsOf(config: CheckedConfig): readonly LinkEnd[] {
  return hasSections(config) ? linkEndsOf(config) : [];
}

function sectionsOf(config: CheckedConfig, { shmemRegionsStart, shmemPeers }: PciDevice): readonly Region[] {
  const wanted = hasSections(config) ? commonSections + shmemPeers : 1;
  const sections = config.regions.slice(shmemRegionsStart, shmemRegionsStart + wanted);
  return sections.length === wanted ? sections : [];
}

const linksBySet = new WeakMap<CheckedSet, readonly Link[]>();

export function linksOf(set: CheckedSet): readonly Link[] {
  let links = linksBySet.get(set);
  if (links === undefined) {
    const byBdf = new Map<number, LinkEnd[]>();
    for (const end of set.all.flatMap(linkEndsOf)) {
      const ends = byBdf.get(end.device.bdf) ?? [];
      ends.push(end);
      byBdf.set(end.device.bdf, ends);
    }
    links = [...byBdf].map(([bdf, ends]) => ({ bdf, ends }));
    linksBySet.set(set, links);
  }
  return links;
}

/** Two ends of one link that have to agree. */
export interface EndPair {
  readonly end: LinkEnd;
  /** The root cell's end, or the first one of another cell. */
  readonly reference: LinkEnd;
}

const pairsBySet = new WeakMap<CheckedSet, readonly EndPair[]>();

/**
 * Each end with one that it is compared with, so that a mistake in one end is told once. Ends with the same number stand
 * in for each other, and are not compared, nor are those with a number that is refused.
 */
export function endPairsOf(set: CheckedSet): readonly EndPair[] {
  let pairs = pairsBySet.get(set);
  if (pairs === undefined) {
    pairs = linksOf(set).flatMap(pairsOfLink);
    pairsBySet.set(set, pairs);
  }
  return pairs;
}

function pairsOfLink({ ends }: Link): readonly EndPair[] {
  const pairs: EndPair[] = [];
  /** The first end with each number. */
  const references = new Map<number, LinkEnd>();
  for (const end of ends) {
    const { shmemDevId } = end.device;
    if (!hasSections(end.config) || shmemDevId >= maxLinkEnds || !isFirstAtAddress(end)) continue;
    const reference = [...references.values()].find(
      ({ config, device }) => config !== end.config && device.shmemDevId !== shmemDevId,
    );
    if (reference !== undefined) pairs.push({ end, reference });
    if (!references.has(shmemDevId)) references.set(shmemDevId, end);
  }
  return pairs;
}

/** A second device with the same address is a mistake of its own: what it says is of no use. */
function isFirstAtAddress({ config, device }: LinkEnd): boolean {
  return firstDeviceAt(device.bdf, config) === device;
}

/** The shared-memory device of a cell with this bus, device and function number. */
export function firstDeviceAt(bdf: number, config: CheckedConfig): PciDevice | undefined {
  let devices = firstDevices.get(config);
  if (devices === undefined) {
    devices = devicesByAddress(config.ivshmemDevices);
    firstDevices.set(config, devices);
  }
  return devices.get(bdf);
}

const firstDevices = new WeakMap<CheckedConfig, ReadonlyMap<number, PciDevice>>();

/** The two ends of each link of the time when a device was one region. */
export function* oldEndPairsOf(set: CheckedSet): Generator<EndPair, void> {
  for (const { ends } of linksOf(set)) {
    const [reference, end] = ends.filter(({ config }) => hasOneRegion(config));
    if (reference !== undefined && end !== undefined && end.config !== reference.config)
      yield { end, reference };
  }
}

/**
 * True where the hypervisor refused an end whose region or protocol was not that of the other one: since 36f99882 (before
 * revision 3), until 1e876ce5 (within revision 12).
 */
export function isComparedByHypervisor(config: CheckedConfig): boolean {
  const { revision } = config.config;
  return hasOneRegion(config) && revision !== null && revision >= 3 && revision < 12;
}

/** `4K at 0x7faf0000`; an empty section has no place. */
export function placeText({ node }: Region): string {
  return node.size === 0n ? "empty" : `${sizeText(node.size)} at ${hex(node.physStart)}`;
}
