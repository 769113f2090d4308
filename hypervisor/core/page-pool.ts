/**
 * A pool of pages, of memory or of addresses: the first free ones are handed out. The search goes by whole words of a
 * bitmap, so that pages beyond the last whole word are never found (hypervisor/paging.c:57-84).
 */
export class PagePool {
  private readonly taken: Uint8Array;
  /** No page below is free. */
  private firstFree = 0;
  private usedPages = 0;

  /**
   * @param pages how many there are
   * @param base number of the first page: its address divided by 4096
   * @param wordBits bits of a word of the bitmap: 64, or 32 on 32-bit ARM
   * @param onFree is told each page that is given back, by its number in the pool
   */
  constructor(
    readonly pages: number,
    readonly base: number,
    wordBits: 32 | 64 = 64,
    private readonly onFree: (page: number) => void = () => {},
  ) {
    this.taken = new Uint8Array(Math.max(0, pages - (pages % wordBits)));
  }

  get used(): number {
    return this.usedPages;
  }

  /** Takes the first pages for good, whether they can be found or not. */
  reserve(count: number): void {
    this.taken.fill(1, 0, count);
    this.usedPages += count;
  }

  /**
   * @param alignment of the first page's number, a power of two
   * @returns the first of `count` consecutive pages, by its number in the pool; null without so many, or if none is wanted
   */
  take(count: number, alignment = 1): number | null {
    if (count === 0) return null;
    const start = this.findRun(count, alignment);
    if (start === null) return null;
    this.taken.fill(1, start, start + count);
    this.usedPages += count;
    return start;
  }

  private findRun(count: number, alignment: number): number | null {
    while (this.taken[this.firstFree] === 1) this.firstFree++;
    const offset = (alignment - (this.base % alignment)) % alignment;
    let start = this.firstFree;
    while (start + count <= this.taken.length) {
      const unaligned = (((start - offset) % alignment) + alignment) % alignment;
      if (unaligned !== 0) {
        start += alignment - unaligned;
        continue;
      }
      let length = 0;
      while (length < count && this.taken[start + length] === 0) length++;
      if (length === count) return start;
      start += length + 1;
    }
    return null;
  }

  /** @param page the number that {@link take} gave */
  free(page: number, count: number): void {
    for (let index = page; index < page + count; index++) this.onFree(index);
    this.taken.fill(0, page, page + count);
    this.usedPages -= count;
    if (page < this.firstFree) this.firstFree = page;
  }
}
