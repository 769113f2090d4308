import type { Board } from "../../ir/board.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { hex, rangeText, sizeText } from "../words.js";
import type { Machine } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { type Interval, IntervalIndex, intersection, merged, without } from "./intervals.js";
import { parseCommandLine } from "./linux-command-line.js";
import { pageSize } from "./region.js";

/**
 * What Linux uses as its own memory, ascending and disjoint: what the board file says, or what is installed without
 * all that is reserved. Null where neither is known.
 */
export function systemRamOf(board: Board, { all }: CheckedSet): IntervalIndex<Interval> | null {
  const { memory } = board;
  if (memory === null) return null;
  if (memory.systemRam !== null) return new IntervalIndex(merged(memory.systemRam));
  if (memory.ram === null) return null;
  const { holes, limit, parts } = parseCommandLine(board.commandLine ?? "");
  const installed =
    parts.length > 0 ? merged(parts) : limited(merged(memory.ram), limit, all[0]?.mayBe("x86") === true);
  const kept = merged([...holes, ...(memory.reserved ?? []).map(({ range }) => range)]);
  return new IntervalIndex(installed.flatMap((range) => without(range, kept)));
}

/**
 * `mem=`: on x86 Linux uses nothing from that address on (arch/x86/kernel/e820.c), elsewhere so many bytes from the
 * lowest RAM on (arch/arm64/mm/init.c).
 */
function limited(ram: readonly Interval[], limit: bigint | null, isX86: boolean): readonly Interval[] {
  if (limit === null) return ram;
  if (isX86)
    return ram.flatMap(({ start, end }) =>
      start >= limit ? [] : [{ start, end: end < limit ? end : limit }],
    );
  let left = limit;
  return ram.flatMap(({ start, end }) => {
    if (left === 0n) return [];
    const size = end - start < left ? end - start : left;
    left -= size;
    return [{ start, end: start + size }];
  });
}

/** The first part of it that lies in one of the ranges. */
export function firstPartIn(whole: Interval, ranges: IntervalIndex<Interval>): Interval | undefined {
  const range = ranges.first(whole);
  return range === undefined ? undefined : intersection(whole, range);
}

/** The first part of it that lies in none of the ranges. @param ranges disjoint, and none touches the next */
export function firstPartOutside(whole: Interval, ranges: IntervalIndex<Interval>): Interval | undefined {
  const [first, second] = firstTwo(ranges.overlapping(whole));
  if (whole.start >= whole.end) return undefined;
  if (first === undefined) return whole;
  if (first.start > whole.start) return { start: whole.start, end: first.start };
  if (first.end >= whole.end) return undefined;
  return { start: first.end, end: second === undefined ? whole.end : second.start };
}

function firstTwo<Item>(items: Iterable<Item>): readonly [Item?, Item?] {
  const two: Item[] = [];
  for (const item of items) {
    two.push(item);
    if (two.length === 2) break;
  }
  return two as [Item?, Item?];
}

/** What of it lies in none of the ranges, ascending. @param ranges disjoint */
export function partsOutside(whole: Interval, ranges: IntervalIndex<Interval>): readonly Interval[] {
  return without(whole, [...ranges.overlapping(whole)]);
}

/** `memmap=82M$0x3a000000`: what keeps x86 Linux away from it. */
export function memmapText({ start, end }: Interval): string {
  return `memmap=${sizeText(end - start)}$${hex(start)}`;
}

/** How to keep Linux away from it, in the words of the machine. */
export function reservingText(range: Interval, machine: Machine | null): string {
  if (machine === "x86")
    return `boot Linux with \`${memmapText(range)}\` (GRUB wants \`\\\\\\$\` for the \`$\`)`;
  return `reserve ${rangeText(range)}: a node of reserved-memory with no-map in the device tree, or \`mem=\` where it is the end of the RAM`;
}

/**
 * What has to be reserved for Jailhouse: the hypervisor's memory and that of the cells, ascending, with what touches each
 * other joined.
 */
export function jailhouseMemory(
  { system, cells }: CheckedSet,
  ram: IntervalIndex<Interval>,
): readonly Interval[] {
  const own = cells.flatMap(({ regions }) =>
    regions.filter((region) => region.hasPhysical).map(({ phys }) => phys),
  );
  const hypervisor = system?.system?.hypervisorMemory;
  const all = hypervisor === undefined ? own : [...own, physicalRange(hypervisor)];
  return merged(all.map(wholePages)).filter((range) => ram.first(range) !== undefined);
}

export function physicalRange({ physStart, size }: Pick<MemoryRegion, "physStart" | "size">): Interval {
  return { start: physStart, end: physStart + size };
}

function wholePages({ start, end }: Interval): Interval {
  return { start: start - (start % pageSize), end: ((end + pageSize - 1n) / pageSize) * pageSize };
}
