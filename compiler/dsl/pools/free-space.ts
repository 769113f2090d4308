/** Both in bytes; the end is not included. */
export interface Interval {
  readonly start: bigint;
  readonly end: bigint;
}

/** A free part, and the tree of those around it: by address, with a random shape that keeps it flat. */
interface Gap {
  readonly start: bigint;
  readonly end: bigint;
  readonly priority: number;
  before: Gap | null;
  behind: Gap | null;
  /** For each alignment, the longest run in this tree that begins at a multiple of it. */
  readonly longest: bigint[];
}

/**
 * What is free of a stretch of memory. Every operation takes logarithmic time, whatever the alignments: a machine may
 * make thousands of requests.
 */
export class FreeSpace {
  private root: Gap | null;
  private seed = 1;

  /** @param alignments all that will be asked for, powers of two */
  constructor(
    whole: Interval,
    private readonly alignments: readonly bigint[],
  ) {
    this.root = this.gap(whole.start, whole.end);
  }

  /** Takes all that is free between two addresses. */
  reserve(start: bigint, end: bigint): void {
    if (start >= end) return;
    const [low, rest] = this.split(this.root, start);
    const [middle, high] = this.split(rest, end);
    const lastBelow = lastOf(low);
    const lastWithin = lastOf(middle);
    let below = low;
    let above = high;
    if (lastWithin !== null && lastWithin.end > end) above = this.join(this.gap(end, lastWithin.end), above);
    if (lastBelow !== null && lastBelow.end > start) {
      [below] = this.split(low, lastBelow.start);
      below = this.join(below, this.gap(lastBelow.start, start));
      if (lastBelow.end > end) above = this.join(this.gap(end, lastBelow.end), above);
    }
    this.root = this.join(below, above);
  }

  isFree(start: bigint, end: bigint): boolean {
    let nearest: Gap | null = null;
    for (let gap = this.root; gap !== null; ) {
      if (gap.start <= start) nearest = gap;
      gap = gap.start <= start ? gap.behind : gap.before;
    }
    return nearest !== null && nearest.end >= end;
  }

  /** The lowest address where so many bytes are free; undefined where there is none. */
  firstFit(size: bigint, alignment: bigint): bigint | undefined {
    const index = this.alignments.indexOf(alignment);
    let gap = this.root;
    while (gap !== null && gap.longest[index]! >= size) {
      if (gap.before !== null && gap.before.longest[index]! >= size) gap = gap.before;
      else if (alignedLength(gap, alignment) >= size) return alignedUp(gap.start, alignment);
      else gap = gap.behind;
    }
    return undefined;
  }

  /** The lowest free parts. */
  firstGaps(count: number): readonly Interval[] {
    const found: Interval[] = [];
    const visit = (gap: Gap | null): void => {
      if (gap === null || found.length >= count) return;
      visit(gap.before);
      if (found.length < count) found.push({ start: gap.start, end: gap.end });
      visit(gap.behind);
    };
    visit(this.root);
    return found;
  }

  private gap(start: bigint, end: bigint): Gap | null {
    if (start >= end) return null;
    // Numbers of a fixed sequence: the same input must give the same tree, and no input can be made to suit them.
    this.seed = (Math.imul(this.seed, 1_103_515_245) + 12_345) >>> 0;
    const gap: Gap = { start, end, priority: this.seed, before: null, behind: null, longest: [] };
    this.measure(gap);
    return gap;
  }

  private measure(gap: Gap): void {
    for (const [index, alignment] of this.alignments.entries()) {
      let longest = alignedLength(gap, alignment);
      for (const part of [gap.before, gap.behind])
        if (part !== null && part.longest[index]! > longest) longest = part.longest[index]!;
      gap.longest[index] = longest;
    }
  }

  /** Gaps that begin before an address, and the others. */
  private split(gap: Gap | null, address: bigint): [Gap | null, Gap | null] {
    if (gap === null) return [null, null];
    if (gap.start < address) {
      const [low, high] = this.split(gap.behind, address);
      gap.behind = low;
      this.measure(gap);
      return [gap, high];
    }
    const [low, high] = this.split(gap.before, address);
    gap.before = high;
    this.measure(gap);
    return [low, gap];
  }

  private join(low: Gap | null, high: Gap | null): Gap | null {
    if (low === null || high === null) return low ?? high;
    if (low.priority > high.priority) {
      low.behind = this.join(low.behind, high);
      this.measure(low);
      return low;
    }
    high.before = this.join(low, high.before);
    this.measure(high);
    return high;
  }
}

function lastOf(tree: Gap | null): Gap | null {
  let last = tree;
  while (last !== null && last.behind !== null) last = last.behind;
  return last;
}

function alignedUp(address: bigint, alignment: bigint): bigint {
  return (address + alignment - 1n) & -alignment;
}

/** Negative where the gap reaches no multiple of the alignment. */
function alignedLength({ start, end }: Interval, alignment: bigint): bigint {
  return end - alignedUp(start, alignment);
}
