import type { CheckedConfig } from "./checked-config.js";
import { type Interval, merged, without } from "./intervals.js";
import type { PhysicalRange, Region } from "./region.js";
import { physicalIndexOf } from "./region-index.js";

/** What the hypervisor does to the root cell's memory when a cell is created and destroyed. */

/** All memory of the root cell's config, as ascending intervals that neither touch nor overlap. */
const rootMemory = mergedOnce(() => true);

/** What of it the root cell may write. */
const writableMemory = mergedOnce(({ write }) => write);

function mergedOnce(counts: (region: Region) => boolean): (system: CheckedConfig) => readonly Interval[] {
  const known = new WeakMap<CheckedConfig, readonly Interval[]>();
  return (system) => {
    let memory = known.get(system);
    if (memory === undefined) {
      memory = merged(system.byPhysical.items.filter(({ region }) => counts(region)));
      known.set(system, memory);
    }
    return memory;
  };
}

/** True where at least a byte of it is memory of the root cell. */
export function isPartlyInRoot({ phys }: Pick<Region, "phys">, system: CheckedConfig): boolean {
  const memory = rootMemory(system);
  const first = memory[firstEndingBehind(memory, phys.start)];
  return first !== undefined && first.start < phys.end;
}

/** The parts of a cell's region that no region of the root cell covers, ascending. */
export function notInRoot({ phys }: Region, system: CheckedConfig): readonly Interval[] {
  return notIn(rootMemory(system), phys);
}

/** The parts that no region of the root cell covers that it may write, ascending. */
export function notWritableInRoot({ phys }: Region, system: CheckedConfig): readonly Interval[] {
  return notIn(writableMemory(system), phys);
}

/** Regions of the root cell that it may not write. */
export const readOnlyMemory = physicalIndexOf(({ write }) => !write);

/** @param memory ascending and disjoint */
function notIn(memory: readonly Interval[], phys: Interval): readonly Interval[] {
  return without(
    phys,
    memory.slice(firstEndingBehind(memory, phys.start), firstEndingBehind(memory, phys.end) + 1),
  );
}

/** @param intervals ascending and disjoint */
export function firstEndingBehind(intervals: readonly Interval[], address: bigint): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle]!.end > address) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Regions of the root cell that a cell's region has memory in common with, ascending. */
export function rootRegionsUnder(region: Region, system: CheckedConfig): readonly Region[] {
  const ranges: Iterable<PhysicalRange> = system.byPhysical.overlapping(region.phys);
  return [...ranges].map((range) => range.region);
}

/**
 * Whether the region is taken from the root cell when its cell is created, and given back when it is destroyed
 * (hypervisor/control.c:527 and :391).
 */
export function isTakenFromRoot(region: Region): boolean {
  return region.hasPhysical && !region.rootShared;
}

/**
 * How it is taken: the hypervisor looks for it in the root cell at its physical address, so that this address decides
 * whether a trap handler goes or pages are unmapped (hypervisor/control.c:303-319).
 */
export function isTakenAsSubPage({ config, node }: Region): boolean {
  return config.hasConstant("JAILHOUSE_MEM_IO_32") && ((node.physStart | node.size) & 0xfffn) !== 0n;
}

/**
 * Whether cell and root cell use the memory at the same time. What is loadable is taken from the root cell after all, when
 * the cell is started (hypervisor/control.c:635).
 */
export function isSharedWithRoot({
  rootShared,
  loadable,
  hasPhysical,
  read,
  write,
  execute,
}: Region): boolean {
  return rootShared && !loadable && hasPhysical && (read || write || execute);
}

/** What Linux runs in: the memory of the root cell that it can execute. */
export const memoryOfLinux = physicalIndexOf(({ execute, io }) => execute && !io);
