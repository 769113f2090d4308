/** Where in its memory table a cell has regions that look like the sections of a link. */

import { hasFlag } from "../../ir/names.js";
import { commonSections } from "../../ir/pci.js";
import type { CheckedConfig } from "./checked-config.js";
import { maxLinkEnds } from "./ivshmem-links.js";
import type { Region } from "./region.js";

/**
 * Indices at which a run of regions begins that the end `own` of a link with so many peers could have: a state table that
 * the cell can only read, then sections one behind the other in memory, of which it can write the common one and its own.
 */
export function sectionRunsOf(config: CheckedConfig, peers: number, own: number): readonly number[] {
  if (peers > maxLinkEnds || own >= peers) return [];
  const ofConfig = known.get(config) ?? new Map<number, readonly number[]>();
  known.set(config, ofConfig);
  const key = peers * (maxLinkEnds + 1) + own;
  const runs = ofConfig.get(key) ?? findRuns(config, peers, own);
  ofConfig.set(key, runs);
  return runs;
}

/** Many devices may ask for the same runs. */
const known = new WeakMap<CheckedConfig, Map<number, readonly number[]>>();

function findRuns(config: CheckedConfig, peers: number, own: number): readonly number[] {
  const length = commonSections + peers;
  const { regions } = config;
  const runs: number[] = [];
  for (let start = 0; start + length <= regions.length; start++) {
    if (looksLikeSections(regions.slice(start, start + length), own)) runs.push(start);
  }
  return runs;
}

function looksLikeSections(sections: readonly Region[], own: number): boolean {
  const [stateTable] = sections;
  if (stateTable === undefined || stateTable.size === 0n) return false;
  let next = { phys: stateTable.phys.start, virt: stateTable.virt.start };
  return sections.every((section, index) => {
    if (section.size === 0n) return true;
    const isNext = section.phys.start === next.phys && section.virt.start === next.virt;
    next = { phys: section.phys.end, virt: section.virt.end };
    const writable = index === 1 || index === commonSections + own;
    return isNext && section.read && section.write === writable && isData(section);
  });
}

/** Memory that a section can be: neither program nor devices, and not for the hypervisor's messages. */
export function isData({ node, execute, comm, loadable }: Region): boolean {
  return !execute && !comm && !loadable && !hasFlag(node.flags, "JAILHOUSE_MEM_IO");
}

/** Indices from which on a cell has regions with the memory of these sections, in their order; of more than two, two. */
export function sameSectionsIn(config: CheckedConfig, sections: readonly Region[]): readonly number[] {
  const [stateTable] = sections;
  if (stateTable === undefined || stateTable.size === 0n) return [];
  const starts: number[] = [];
  for (const index of indicesByStart(config).get(stateTable.phys.start) ?? []) {
    if (sections.every((section, offset) => isSameMemory(section, config.regions[index + offset])))
      starts.push(index);
    if (starts.length === 2) break;
  }
  return starts;
}

/** Empty sections have no place. */
function isSameMemory({ phys, size }: Region, other: Region | undefined): boolean {
  return other?.size === size && (size === 0n || other.phys.start === phys.start);
}

const knownIndices = new WeakMap<CheckedConfig, ReadonlyMap<bigint, readonly number[]>>();

function indicesByStart(config: CheckedConfig): ReadonlyMap<bigint, readonly number[]> {
  let indices = knownIndices.get(config);
  if (indices === undefined) {
    const byStart = new Map<bigint, number[]>();
    for (const { phys, index } of config.regions) {
      const atStart = byStart.get(phys.start);
      if (atStart === undefined) byStart.set(phys.start, [index]);
      else atStart.push(index);
    }
    indices = byStart;
    knownIndices.set(config, indices);
  }
  return indices;
}
