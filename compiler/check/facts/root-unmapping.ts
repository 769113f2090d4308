import type { CheckedConfig } from "./checked-config.js";
import { type Interval, intersection, merged } from "./intervals.js";
import { pageSize, type Region } from "./region.js";
import { firstEndingBehind } from "./root-memory.js";

/**
 * How the hypervisor walks the page tables of the root cell to take memory from it (hypervisor/paging.c:368-456).
 * A block that has no entry is passed by its size, from wherever the walk stands in it. The tables of VT-d are made like
 * those of the processor (hypervisor/arch/x86/vtd.c:1083). Of three levels instead of four they lack the highest one, which
 * makes no difference: they only hold what lies in its first block.
 */

/** Blocks that an entry of the two middle levels stands for. */
const largeBlock = 1n << 30n;
const smallBlock = 1n << 21n;

/** Entries of the highest level of four hold no pages: without one, the walk goes on page by page. */
const topBlock = 1n << 39n;

/** What page tables of the root cell hold at first. */
export interface RootTables {
  readonly present: readonly Interval[];
  /** What it can reach: without the hypervisor's memory, which is shown as zeros. */
  readonly own: readonly Interval[];
}

const known = new WeakMap<CheckedConfig, RootTables>();

/** Those of the processor. */
export function mappedInRoot(system: CheckedConfig): RootTables {
  let tables = known.get(system);
  if (tables === undefined) {
    const own = mappedRegions(system, ({ read, write, execute }) => read || write || execute);
    const hypervisor = system.system?.hypervisorMemory;
    const reserved =
      hypervisor === undefined
        ? []
        : [{ start: hypervisor.physStart, end: hypervisor.physStart + hypervisor.size }];
    tables = { own, present: merged([...own, ...reserved]) };
    known.set(system, tables);
  }
  return tables;
}

const knownDma = new WeakMap<CheckedConfig, RootTables>();

/** Those of VT-d, which have nothing of the hypervisor in them (hypervisor/arch/x86/vtd.c:750). */
export function mappedForRootDma(system: CheckedConfig): RootTables {
  let tables = knownDma.get(system);
  if (tables === undefined) {
    const own = mappedRegions(system, ({ dma, read, write }) => dma && (read || write));
    tables = { own, present: own };
    knownDma.set(system, tables);
  }
  return tables;
}

function mappedRegions({ regions }: CheckedConfig, counts: (region: Region) => boolean): readonly Interval[] {
  return merged(regions.filter((region) => region.isMapped && counts(region)).map(({ virt }) => virt));
}

/**
 * The first memory of the root cell within a range that a walk over the range leaves mapped. Only the start of the range
 * can lead to that: where the walk comes from something mapped, it goes page by page to the start of the next block.
 */
export function firstPassedOver(range: Interval, { present, own }: RootTables): Interval | undefined {
  const index = firstEndingBehind(present, range.start);
  const next = present[index];
  if (next === undefined || next.start <= range.start) return undefined;
  const before = present[index - 1]?.end ?? 0n;
  const reached = walkHole(range.start, before, next.start);
  return firstCommon({ start: next.start, end: smaller(reached, range.end) }, own);
}

/**
 * Where the walk arrives that starts in a hole of the tables, at or behind the next thing that is mapped.
 *
 * @param before end of what is mapped in front of the hole
 * @param next start of what is mapped behind it
 */
function walkHole(start: bigint, before: bigint, next: bigint): bigint {
  let at = start;
  while (at < next) {
    const [block, outer] = levelAt(at, before, next);
    if (block === pageSize) {
      at = smaller(endOfBlock(at, outer), next);
    } else {
      // As long as the blocks are empty and the larger one around them is not.
      const limit = smaller(startOfBlock(next, block), endOfBlock(at, outer));
      at += limit - startOfBlock(at, block);
    }
  }
  return at;
}

/** The size of the steps at an address, and of the block within which they stay the same. */
function levelAt(at: bigint, before: bigint, next: bigint): readonly [bigint, bigint] {
  if (isEmpty(at, topBlock, before, next)) return [pageSize, topBlock];
  if (isEmpty(at, largeBlock, before, next)) return [largeBlock, topBlock];
  return isEmpty(at, smallBlock, before, next) ? [smallBlock, largeBlock] : [pageSize, smallBlock];
}

/** Nothing is mapped in the block of this size around an address in a hole. */
function isEmpty(at: bigint, size: bigint, before: bigint, next: bigint): boolean {
  return before <= startOfBlock(at, size) && next >= endOfBlock(at, size);
}

function startOfBlock(at: bigint, size: bigint): bigint {
  return at - (at % size);
}

function endOfBlock(at: bigint, size: bigint): bigint {
  return startOfBlock(at, size) + size;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function firstCommon(range: Interval, intervals: readonly Interval[]): Interval | undefined {
  const found = intervals[firstEndingBehind(intervals, range.start)];
  return found === undefined ? undefined : intersection(range, found);
}
