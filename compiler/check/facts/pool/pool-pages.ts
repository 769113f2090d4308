/** Thrown where the hypervisor finds no page for something. */
export class OutOfPages extends Error {
  override readonly name = "OutOfPages";
}

/**
 * The hypervisor's pool of pages: the first free ones are handed out, as page_alloc_internal does it
 * (hypervisor/paging.c:92). Pages have their numbers in the pool.
 */
export class PoolPages {
  readonly #taken: Uint8Array;
  #firstFree = 0;
  #used = 0;

  /**
   * @param usable pages that the search can find: whole words of the bitmap
   * @param base number of the first page among those of the machine
   */
  constructor(
    readonly usable: number,
    readonly base: number,
  ) {
    this.#taken = new Uint8Array(usable);
  }

  get used(): number {
    return this.#used;
  }

  /** The first ones, for good. */
  reserve(count: number): void {
    this.#taken.fill(1, 0, count);
    this.#used += count;
  }

  /**
   * @param alignment a power of two, of the first page's number in the machine
   * @throws OutOfPages also where none is wanted, as the search ends without one then
   */
  take(count: number, alignment = 1): number {
    const taken = this.#taken;
    while (taken[this.#firstFree] === 1) this.#firstFree++;
    for (let start = this.#firstFree; count > 0 && start + count <= taken.length; ) {
      const past = (this.base + start) % alignment;
      if (past !== 0) {
        start += alignment - past;
        continue;
      }
      const hindrance = taken.subarray(start, start + count).lastIndexOf(1);
      if (hindrance < 0) {
        taken.fill(1, start, start + count);
        this.#used += count;
        return start;
      }
      start += hindrance + 1;
    }
    throw new OutOfPages();
  }

  free(page: number, count = 1): void {
    this.#taken.fill(0, page, page + count);
    this.#used -= count;
    this.#firstFree = Math.min(this.#firstFree, page);
  }
}
