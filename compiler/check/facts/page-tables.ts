/**
 * How many pages page tables take, counted from below: the hypervisor uses pages of 2M and 1G wherever a region and its
 * place allow it (hypervisor/paging.c:249), and splits them where a part is taken away (hypervisor/paging.c:368).
 */

import type { CheckedConfig } from "./checked-config.js";
import { contains, type Interval, intersection, lengthOf, merged } from "./intervals.js";
import { pageSize } from "./region.js";
import { firstEndingBehind, isTakenAsSubPage, isTakenFromRoot } from "./root-memory.js";

/** Something that is mapped, as the cell sees it. */
export interface Mapping extends Interval {
  /** Physical minus virtual address. */
  readonly shift: bigint;
  readonly hasHugePages: boolean;
}

/** Bytes that a table stands for: of pages, of tables of pages, and of tables of those. */
export type TableSpan = 0x20_0000n | 0x4000_0000n | 0x80_0000_0000n;
export const spans: readonly TableSpan[] = [0x20_0000n, 0x4000_0000n, 0x80_0000_0000n];

/** Larger spans are those of entries that cannot hold pages themselves. */
const mostOfPage = 0x4000_0000n;

/** Addresses have so many bits in the tables of all machines. */
const addressable = 1n << 48n;

export interface PageTables {
  /** What is mapped, ascending. */
  readonly content: readonly Interval[];
  /** For each level below the root: numbers of the tables that are there, in ascending order. */
  readonly levels: readonly { readonly span: TableSpan; readonly tables: readonly Interval[] }[];
}

export function mappingsOf({ regions }: CheckedConfig, onlyDma: boolean): readonly Mapping[] {
  return regions
    .filter(({ isMapped, dma }) => isMapped && (dma || !onlyDma))
    .map(({ virt, node, comm }) => ({
      ...withinTables(virt),
      // What a physical start says within its page is dropped. Where the page of the communication region is, nobody knows.
      shift: comm ? 0n : node.physStart - (node.physStart % pageSize) - virt.start,
      hasHugePages: !node.flags.names.includes("JAILHOUSE_MEM_NO_HUGEPAGES"),
    }));
}

/** Bits above those that tables look at do not count. What goes on beyond the last address begins anew, and is not counted. */
function withinTables({ start, end }: Interval): Interval {
  const first = start % addressable;
  const last = first + (end - start);
  return { start: first, end: last < addressable ? last : addressable };
}

/** @param below how many levels there are below the root */
export function pageTables(mappings: readonly Mapping[], below: number): PageTables {
  return {
    content: merged(mappings),
    levels: spans.slice(0, below).map((span) => ({
      span,
      tables: merged(mappings.flatMap((mapping) => tablesOf(mapping, span))),
    })),
  };
}

export function pagesOfTables({ levels }: PageTables): bigint {
  return levels.reduce((sum, { tables }) => sum + lengthOf(tables), 0n);
}

/** Numbers of the tables that a mapping needs: all that it touches, or those that it does not fill as a whole. */
function tablesOf({ start, end, shift, hasHugePages }: Mapping, span: TableSpan): readonly Interval[] {
  const [first, last] = [start / span, (end - 1n) / span];
  if (!hasHugePages || shift % span !== 0n || span > mostOfPage) return [{ start: first, end: last + 1n }];
  return partlyIn({ start, end }, span).map((block) => ({ start: block, end: block + 1n }));
}

/** The blocks at the ends of an interval that it does not fill. */
function partlyIn({ start, end }: Interval, span: TableSpan): readonly bigint[] {
  const [first, last] = [start / span, end / span];
  const [isFirst, isLast] = [start % span !== 0n, end % span !== 0n];
  if (isFirst && isLast && first === last) return [first];
  return [...(isFirst ? [first] : []), ...(isLast ? [last] : [])];
}

/** What is taken from the root cell when a cell is created, ascending (hypervisor/control.c:527). */
export function takenFromRoot({ regions }: CheckedConfig, onlyDma: boolean): readonly Interval[] {
  return merged(
    regions
      .filter((region) => isTakenFromRoot(region) && !isTakenAsSubPage(region) && (region.dma || !onlyDma))
      .map(({ phys }) => phys),
  );
}

/**
 * By how many pages tables grow, or shrink, when something is taken out of them: large pages that are taken in part become
 * tables, and tables of which nothing is left are given back.
 *
 * @param taken ascending and disjoint
 */
export function growthByTaking(tables: PageTables, taken: readonly Interval[]): bigint {
  let growth = 0n;
  for (const { span, tables: known } of tables.levels) {
    let last = -1n;
    for (const interval of taken) {
      growth -= lengthWithin(known, filledBy(interval, span));
      for (const block of partlyIn(interval, span)) {
        if (block === last) continue;
        last = block;
        const isLeft = hasRest({ start: block * span, end: (block + 1n) * span }, tables.content, taken);
        const isTable = lengthWithin(known, { start: block, end: block + 1n }) > 0n;
        if (isLeft && !isTable) growth += 1n;
        if (!isLeft && isTable) growth -= 1n;
      }
    }
  }
  return growth;
}

function filledBy({ start, end }: Interval, span: TableSpan): Interval {
  return { start: (start + span - 1n) / span, end: end / span };
}

/** Whether something of `content` within a block is not taken. */
function hasRest(block: Interval, content: readonly Interval[], taken: readonly Interval[]): boolean {
  for (let index = firstEndingBehind(content, block.start); index < content.length; index++) {
    const common = intersection(content[index]!, block);
    if (common === undefined) return false;
    const taker = taken[firstEndingBehind(taken, common.start)];
    if (taker === undefined || !contains(taker, common)) return true;
  }
  return false;
}

function lengthWithin(intervals: readonly Interval[], { start, end }: Interval): bigint {
  let length = 0n;
  for (let index = firstEndingBehind(intervals, start); index < intervals.length; index++) {
    const common = intersection(intervals[index]!, { start, end });
    if (common === undefined) break;
    length += common.end - common.start;
  }
  return length;
}
