/**
 * What page tables hold, as plainly as it can be said: for each page of 4K where it leads, and what may be done with it. The
 * tables themselves are only seen where a walk meets nothing: it goes on by what the missing entry stands for.
 */
export class NaivePageMap {
  readonly pages = new Map<number, { readonly physical: number; readonly flags: number }>();

  /** All in pages. */
  create(physical: number, count: number, virtual: number, flags: number): void {
    for (let index = 0; index < count; index++) {
      this.pages.set((virtual + index) % space, { physical: physical + index, flags });
    }
  }

  destroy(virtual: number, count: number): void {
    let left = count;
    let page = virtual;
    while (left > 0) {
      const at = page % space;
      // A table that is not there is left at once, in whole steps: not at its end, but so far from where the walk is.
      const step = this.pages.has(at) ? 1 : this.stepFrom(at);
      this.pages.delete(at);
      if (step > left) return;
      page += step;
      left -= step;
    }
  }

  private stepFrom(page: number): number {
    // The uppermost entries hold no pages: they are walked page by page, up to their end.
    if (!this.hasAny(page, topBlock)) return topBlock - (page % topBlock);
    return [gigabyte, megabytes2].find((block) => !this.hasAny(page, block)) ?? 1;
  }

  private hasAny(page: number, block: number): boolean {
    const first = page - (page % block);
    if (block <= this.pages.size) {
      for (let each = first; each < first + block; each++) if (this.pages.has(each)) return true;
      return false;
    }
    for (const each of this.pages.keys()) if (each >= first && each < first + block) return true;
    return false;
  }
}

/** In pages: what an entry of each level stands for, and all that there is. */
const megabytes2 = 2 ** 9;
const gigabyte = 2 ** 18;
const topBlock = 2 ** 27;
const space = 2 ** 36;
