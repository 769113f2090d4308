import type { CheckedConfig } from "./checked-config.js";
import { type Interval, intersection, merged } from "./intervals.js";
import type { Region } from "./region.js";
import { firstEndingBehind } from "./root-memory.js";
import { endOfBlock, largeBlock, smallBlock, startOfBlock, topBlock, walkHole } from "./table-walk.js";

/** What page tables of the root cell hold at first. */
export interface RootTables {
  readonly present: readonly Interval[];
  /** What it can reach: without the hypervisor's memory, which is shown as zeros. */
  readonly own: readonly Interval[];
  readonly leaps: Leaps;
}

/** A hole in the tables that the walk leaves too late. */
interface Leap extends Interval {
  /** Where the walk arrives, behind the end of the hole. */
  readonly reached: bigint;
}

/**
 * What happens in a hole that the walk comes to out of memory that it has taken. The tables that led to that memory are gone
 * then, but for those that something in front of the range needs as well: an entry of the smallest block with both of them,
 * of the block of 1 GiB with both, or none that matters.
 */
interface Leaps {
  readonly sameLarge: readonly Leap[];
  readonly sameTop: readonly Leap[];
  readonly apart: readonly Leap[];
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
    tables = rootTables(own, reserved);
    known.set(system, tables);
  }
  return tables;
}

const knownDma = new WeakMap<CheckedConfig, RootTables>();

/**
 * Those of VT-d, which have nothing of the hypervisor in them (hypervisor/arch/x86/vtd.c:750), made like those of the
 * processor (vtd.c:1083). They may have three levels instead of four: with these more may be left over than is found.
 */
export function mappedForRootDma(system: CheckedConfig): RootTables {
  let tables = knownDma.get(system);
  if (tables === undefined) {
    const own = mappedRegions(system, ({ dma, read, write }) => dma && (read || write));
    tables = rootTables(own, []);
    knownDma.set(system, tables);
  }
  return tables;
}

function mappedRegions({ regions }: CheckedConfig, counts: (region: Region) => boolean): readonly Interval[] {
  return merged(regions.filter((region) => region.isMapped && counts(region)).map(({ virt }) => virt));
}

export interface PassedOver {
  /** Memory of the root cell that stays mapped. */
  readonly kept: Interval;
  /** Where the walk comes to nothing mapped, in front of it. */
  readonly hole: bigint;
}

/** @param own memory of regions, ascending and disjoint; @param reserved the hypervisor's */
export function rootTables(own: readonly Interval[], reserved: readonly Interval[]): RootTables {
  const present = merged([...own, ...reserved]);
  return { own, present, leaps: leapsIn(present) };
}

/**
 * The first memory of the root cell within a range that a walk over the range leaves mapped: behind a hole at the start of
 * the range, or behind one that the walk comes to when it has emptied all tables that led there. One that only passes over
 * the hypervisor's memory is not followed further.
 */
export function firstPassedOver(range: Interval, tables: RootTables): PassedOver | undefined {
  const { present, own, leaps } = tables;
  const index = firstEndingBehind(present, range.start);
  const first = present[index];
  if (first === undefined || first.start >= range.end) return undefined;
  const left = first.start < range.start ? range.start : (present[index - 1]?.end ?? 0n);
  if (range.start < first.start) {
    const reached = walkHole(range.start, { before: left, next: first.start }, 4);
    if (reached > first.start) return passedOver({ ...range, end: first.start, reached }, range, own);
  }
  const leap = firstLeap(leaps, { start: first.end, end: range.end }, left);
  return leap === undefined ? undefined : passedOver(leap, range, own);
}

function passedOver(
  { start, end, reached }: Leap,
  range: Interval,
  own: readonly Interval[],
): PassedOver | undefined {
  const kept = firstCommon({ start: end, end: smaller(reached, range.end) }, own);
  return kept === undefined ? undefined : { kept, hole: start };
}

function leapsIn(present: readonly Interval[]): Leaps {
  const leaps = (left: (at: bigint) => bigint): readonly Leap[] =>
    present.flatMap(({ end: start }, index) => {
      const end = present[index + 1]?.start;
      if (end === undefined) return [];
      const reached = walkHole(start, { before: left(start), next: end }, 4);
      return reached > end ? [{ start, end, reached }] : [];
    });
  return {
    sameLarge: leaps((at) => startOfBlock(at, smallBlock)),
    sameTop: leaps((at) => startOfBlock(at, largeBlock)),
    apart: leaps(() => 0n),
  };
}

/** @param left end of what stays mapped in front of the range; 0 where nothing does */
function firstLeap({ sameLarge, sameTop, apart }: Leaps, range: Interval, left: bigint): Leap | undefined {
  const shared = (size: bigint): bigint => (left === 0n ? 0n : endOfBlock(left - 1n, size));
  // In the smallest block that something else needs, too, the walk goes page by page.
  const [small, large, top] = [shared(smallBlock), shared(largeBlock), shared(topBlock)];
  return (
    firstWithin(sameLarge, range, small, large) ??
    firstWithin(sameTop, range, large, top) ??
    firstWithin(apart, range, top, range.end)
  );
}

/** The first one that starts in the range, and from `from` up to `to`, and ends in the range. */
function firstWithin(leaps: readonly Leap[], range: Interval, from: bigint, to: bigint): Leap | undefined {
  const start = from > range.start ? from : range.start;
  const index = firstEndingBehind(leaps, start);
  const leap = leaps[index];
  const found = leap !== undefined && leap.start < start ? leaps[index + 1] : leap;
  return found !== undefined && found.start < to && found.end < range.end ? found : undefined;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function firstCommon(range: Interval, intervals: readonly Interval[]): Interval | undefined {
  const found = intervals[firstEndingBehind(intervals, range.start)];
  return found === undefined ? undefined : intersection(range, found);
}
