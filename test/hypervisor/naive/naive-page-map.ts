/** In pages: what an entry of each level above the last stands for (512G, 1G, 2M). */
const allBlocks = [2 ** 27, 2 ** 18, 2 ** 9] as const;

/**
 * What page tables hold, as plainly as it can be said: for each page of 4K where it leads, and what may be done with it. The
 * tables themselves are only seen where a walk meets nothing: it goes on by what the missing entry stands for.
 */
export class NaivePageMap {
  readonly pages = new Map<number, { readonly physical: number; readonly flags: number }>();
  /** How many pages there are in each block of each size: only so that the test does not take all day. */
  private readonly counts: readonly Map<number, number>[];
  private readonly blocks: readonly number[];
  private readonly space: number;

  constructor(private readonly levels: 3 | 4 = 4) {
    this.blocks = allBlocks.slice(4 - levels);
    this.space = 2 ** (9 * levels);
    this.counts = this.blocks.map(() => new Map<number, number>());
  }

  /** All in pages. */
  create(physical: number, count: number, virtual: number, flags: number): void {
    for (let index = 0; index < count; index++) {
      const page = (virtual + index) % this.space;
      if (!this.pages.has(page)) this.count(page, 1);
      this.pages.set(page, { physical: physical + index, flags });
    }
  }

  destroy(virtual: number, count: number): void {
    let left = count;
    let page = virtual;
    while (left > 0) {
      const at = page % this.space;
      // A table that is not there is left at once, in whole steps: not at its end, but so far from where the walk is.
      const step = this.pages.has(at) ? 1 : this.stepFrom(at);
      if (this.pages.delete(at)) this.count(at, -1);
      if (step > left) return;
      page += step;
      left -= step;
    }
  }

  private stepFrom(page: number): number {
    const missing = this.blocks.findIndex((_, level) => !this.hasAny(page, level));
    if (missing < 0) return 1;
    const step = this.blocks[missing]!;
    // The uppermost entries of four levels hold no pages: they are walked page by page, up to their end.
    return this.levels === 4 && missing === 0 ? step - (page % step) : step;
  }

  private hasAny(page: number, level: number): boolean {
    return (this.counts[level]!.get(Math.floor(page / this.blocks[level]!)) ?? 0) > 0;
  }

  private count(page: number, change: 1 | -1): void {
    for (const [level, block] of this.blocks.entries()) {
      const number = Math.floor(page / block);
      this.counts[level]!.set(number, (this.counts[level]!.get(number) ?? 0) + change);
    }
  }
}
