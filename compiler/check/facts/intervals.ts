/** Half-open intervals of 64-bit addresses, and what overlaps what. */

export interface Interval {
  readonly start: bigint;
  /** The address behind the last one; may be 2^64. */
  readonly end: bigint;
}

export function overlap(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}

/** What both have; undefined where they have nothing in common. */
export function intersection(one: Interval, other: Interval): Interval | undefined {
  const start = one.start > other.start ? one.start : other.start;
  const end = one.end < other.end ? one.end : other.end;
  return start < end ? { start, end } : undefined;
}

export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The union as ascending intervals that neither touch nor overlap. */
export function merged(intervals: Iterable<Interval>): readonly Interval[] {
  const sorted = [...intervals].filter(({ start, end }) => start < end).sort(byStart);
  const union: { start: bigint; end: bigint }[] = [];
  for (const { start, end } of sorted) {
    const last = union.at(-1);
    if (last === undefined || start > last.end) union.push({ start, end });
    else if (end > last.end) last.end = end;
  }
  return union;
}

/** What is left of `whole` without `parts`, ascending. @param parts ascending and disjoint, as {@link merged} gives them */
export function without(whole: Interval, parts: readonly Interval[]): readonly Interval[] {
  const rest: Interval[] = [];
  let start = whole.start;
  for (const part of parts) {
    if (part.end <= start) continue;
    if (part.start >= whole.end) break;
    if (part.start > start) rest.push({ start, end: part.start });
    start = part.end;
  }
  if (start < whole.end) rest.push({ start, end: whole.end });
  return rest;
}

/** @param intervals disjoint */
export function lengthOf(intervals: readonly Interval[]): bigint {
  return intervals.reduce((sum, { start, end }) => sum + (end - start), 0n);
}

export function byStart(one: Interval, other: Interval): number {
  if (one.start !== other.start) return one.start < other.start ? -1 : 1;
  return one.end === other.end ? 0 : one.end < other.end ? -1 : 1;
}

/**
 * Answers which of many intervals overlap a given one, in O(log n) and a step for each answer: an implicit balanced
 * tree over the intervals in ascending order, in which each node knows the highest end below it.
 */
export class IntervalIndex<Item extends Interval> {
  /** Ascending by start, then end. Empty intervals are left out: they overlap nothing. */
  readonly items: readonly Item[];
  private readonly highest: readonly bigint[];

  constructor(items: Iterable<Item>) {
    this.items = [...items].filter(({ start, end }) => start < end).sort(byStart);
    const highest = new Array<bigint>(this.items.length).fill(0n);
    fillHighest(this.items, highest, 0, this.items.length);
    this.highest = highest;
  }

  /** Those that share at least one address with `wanted`, ascending. */
  *overlapping(wanted: Interval): Generator<Item, void> {
    if (wanted.start >= wanted.end) return;
    /** Nodes whose left side is searched: middle and end of each. */
    const open: number[] = [];
    for (let from = 0, to = this.items.length; ; ) {
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (this.highest[middle]! <= wanted.start) break;
        open.push(middle, to);
        to = middle;
      }
      const end = open.pop();
      const middle = open.pop();
      if (end === undefined || middle === undefined) return;
      const item = this.items[middle]!;
      if (item.start >= wanted.end) return;
      if (item.end > wanted.start) yield item;
      from = middle + 1;
      to = end;
    }
  }

  first(wanted: Interval): Item | undefined {
    for (const item of this.overlapping(wanted)) return item;
    return undefined;
  }

  /** The first that holds all of `wanted`. */
  containing(wanted: Interval): Item | undefined {
    for (const item of this.overlapping(wanted)) if (contains(item, wanted)) return item;
    return undefined;
  }
}

function fillHighest(items: readonly Interval[], highest: bigint[], from: number, to: number): bigint {
  if (from >= to) return 0n;
  const middle = (from + to) >>> 1;
  let most = items[middle]!.end;
  const left = fillHighest(items, highest, from, middle);
  const right = fillHighest(items, highest, middle + 1, to);
  if (left > most) most = left;
  if (right > most) most = right;
  highest[middle] = most;
  return most;
}

/** How many partners of one item are named: the next ones say nothing new. */
const partnersNamed = 8;

/**
 * Pairs of overlapping items, each pair once, the one that starts first first. Of an item that overlaps very many, only
 * some are given; every item that overlaps any is in at least one pair.
 */
export function* overlappingPairs<Item extends Interval>(
  items: Iterable<Item>,
): Generator<readonly [Item, Item], void> {
  const sorted = [...items].filter(({ start, end }) => start < end).sort(byStart);
  /** Those that may still reach the next one. */
  const open: Item[] = [];
  for (const item of sorted) {
    let named = 0;
    for (let index = open.length - 1; index >= 0 && named < partnersNamed; index--) {
      const earlier = open[index]!;
      if (earlier.end <= item.start) {
        open.splice(index, 1);
        continue;
      }
      named += 1;
      yield [earlier, item];
    }
    open.push(item);
  }
}

/**
 * Pairs of overlapping items of different groups. Where many items of two groups overlap each other, the first pair of
 * each stretch is given: no two groups that overlap are missed.
 *
 * @param counts whether an overlap of two items is of interest; some are asked about for each item
 */
export function* overlapsAcross<Item extends Interval>(
  groups: readonly Iterable<Item>[],
  counts: (one: Item, other: Item) => boolean = () => true,
): Generator<readonly [Item, Item], void> {
  const stretches = groups.flatMap((items) => stretchesOf(items)).sort(byStart);
  let open: Stretch<Item>[] = [];
  for (const stretch of stretches) {
    open = open.filter(({ end }) => end > stretch.start);
    // Those of its own group end before it.
    for (const earlier of open) {
      const pair = firstPair(earlier, stretch, counts);
      if (pair !== undefined) yield pair;
    }
    open.push(stretch);
  }
}

/** Items of one group that overlap each other, directly or by way of others. */
interface Stretch<Item extends Interval> extends Interval {
  readonly items: readonly Item[];
  /** Of the items, once it was asked for: the same stretch may meet one of each group. */
  index: IntervalIndex<Item> | undefined;
}

function stretchesOf<Item extends Interval>(items: Iterable<Item>): readonly Stretch<Item>[] {
  const sorted = [...items].sort(byStart);
  const stretches: { start: bigint; end: bigint; items: Item[]; index: undefined }[] = [];
  for (const item of sorted) {
    const last = stretches.at(-1);
    if (last === undefined || item.start >= last.end)
      stretches.push({ start: item.start, end: item.end, items: [item], index: undefined });
    else {
      last.items.push(item);
      if (item.end > last.end) last.end = item.end;
    }
  }
  return stretches;
}

function firstPair<Item extends Interval>(
  one: Stretch<Item>,
  other: Stretch<Item>,
  counts: (one: Item, other: Item) => boolean,
): readonly [Item, Item] | undefined {
  one.index ??= new IntervalIndex(one.items);
  for (const item of other.items) {
    let asked = 0;
    for (const found of one.index.overlapping(item)) {
      if (counts(found, item)) return [found, item];
      asked += 1;
      if (asked === partnersNamed) break;
    }
  }
  return undefined;
}
