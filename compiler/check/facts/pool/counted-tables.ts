import type { PoolPages } from "./pool-pages.js";

/** A level of page tables, from the root down. */
export interface Level {
  /** Bytes that an entry stands for, a power of two. */
  readonly span: number;
  readonly entries: number;
  /** Whether an entry can be a page itself. */
  readonly holdsPages: boolean;
}

export type Levels = readonly Level[];

const page = 4096;
const gigabyte = 2 ** 30;

/** The lower ones of four levels: 512G, 1G, 2M, 4K. */
export function levelsOf(count: 3 | 4, rootEntries: number, rootHoldsPages: boolean): Levels {
  const spans = [512 * gigabyte, gigabyte, 2 ** 21, page].slice(4 - count);
  return spans.map((span, depth) => ({
    span,
    entries: depth === 0 ? rootEntries : 512,
    holdsPages: depth === 0 ? rootHoldsPages : span <= gigabyte,
  }));
}

/** A page of the table's own entries: present ones count, and those that lead to tables have them as children. */
interface Table {
  readonly page: number | null;
  readonly present: Uint8Array;
  count: number;
  children: Map<number, Table> | null;
}

/**
 * Page tables, as far as it takes to know which tables there are: what is mapped, but not to what. They grow and shrink
 * entry by entry as those of the hypervisor do (hypervisor/paging.c:247-440).
 */
export class CountedTables {
  readonly #root: Table;
  readonly #space: number;

  constructor(
    private readonly pool: PoolPages,
    private readonly levels: Levels,
  ) {
    const root = levels[0]!;
    this.#root = tableOf(null, root.entries);
    this.#space = root.span * root.entries;
  }

  /**
   * @param isPresent what is mapped without the right that makes an entry valid takes tables all the same, and counts as empty
   * @throws OutOfPages
   */
  map(physical: bigint, size: bigint, virtual: bigint, isPresent: boolean, hasHugePages: boolean): void {
    const space = BigInt(this.#space);
    const whole = alignedUp(size);
    // A second time around, the same tables are there.
    const turns = whole / space;
    let left = Number(turns > 1n ? whole - (turns - 1n) * space : whole);
    let virt = Number(((virtual % space) / BigInt(page)) * BigInt(page));
    // Only its alignment to the largest pages counts.
    let phys = Number(((physical % BigInt(gigabyte)) / BigInt(page)) * BigInt(page));
    while (left > 0) {
      const done = this.#mapSome(this.#root, 0, phys, left, virt % this.#space, isPresent, hasHugePages);
      phys += done;
      virt += done;
      left -= done;
    }
  }

  /** Fills an entry, or as many as there are of 4K in one table. @returns bytes */
  #mapSome(
    top: Table,
    topDepth: number,
    phys: number,
    left: number,
    virt: number,
    isPresent: boolean,
    hasHugePages: boolean,
  ): number {
    let table = top;
    for (let depth = topDepth; ; depth++) {
      const { span, entries, holdsPages } = this.levels[depth]!;
      const index = Math.floor(virt / span) % entries;
      if (span === page) {
        const count = Math.min(left / page, entries - index);
        fill(table, index, count, isPresent);
        return count * page;
      }
      if (holdsPages && hasHugePages && span <= left && phys % span === 0 && virt % span === 0) {
        this.#clear(table, depth, virt, span);
        fill(table, index, 1, isPresent);
        return span;
      }
      table = this.#below(table, depth, index, virt, hasHugePages);
    }
  }

  /** The table that an entry leads to: it is made where there is none, with all its entries where the entry was a page. */
  #below(table: Table, depth: number, index: number, virt: number, hasHugePages: boolean): Table {
    const known = table.present[index] === 1 ? table.children?.get(index) : undefined;
    if (known !== undefined) return known;
    const wasPage = table.present[index] === 1;
    const below = tableOf(this.pool.take(1), this.levels[depth + 1]!.entries);
    table.children ??= new Map();
    table.children.set(index, below);
    fill(table, index, 1, true, below);
    if (wasPage) {
      const { span } = this.levels[depth]!;
      const start = virt - (virt % span);
      for (let done = 0; done < span; )
        done += this.#mapSome(below, depth + 1, done, span - done, start + done, true, hasHugePages);
    }
    return below;
  }

  /** @throws OutOfPages where a large page has to become a table */
  unmap(virtual: bigint, size: bigint): void {
    const space = BigInt(this.#space);
    const whole = alignedUp(size);
    this.#clear(this.#root, 0, Number(virtual % space), Number(whole < 2n * space ? whole : 2n * space));
  }

  #clear(top: Table, topDepth: number, start: number, size: number): void {
    let virt = start;
    for (let left = size; left > 0; ) {
      const step = this.#clearOne(top, topDepth, topDepth === 0 ? virt % this.#space : virt, left);
      if (step > left) return;
      virt += step;
      left -= step;
    }
  }

  /** @returns how far the walk goes on: by the size of the entry that it ended at, wherever in it that was */
  #clearOne(top: Table, topDepth: number, virt: number, left: number): number {
    const path: Table[] = [top];
    let depth = topDepth;
    for (;;) {
      const { span, entries } = this.levels[depth]!;
      const index = Math.floor(virt / span) % entries;
      const table = path.at(-1)!;
      if (table.present[index] !== 1) break;
      if (table.children?.has(index) !== true) {
        const begin = virt - (virt % span);
        if (virt <= begin && virt + left >= begin + span) break;
      }
      path.push(this.#below(table, depth, index, virt, false));
      depth++;
    }
    const { span, holdsPages } = this.levels[depth]!;
    // Where an entry cannot be a page, the walk goes by 4K through what is not there.
    const step = holdsPages ? span : span - (virt % span);
    for (;;) {
      const { span: bytes, entries } = this.levels[depth]!;
      const table = path.pop()!;
      fill(table, Math.floor(virt / bytes) % entries, 1, false);
      if (path.length === 0 || table.count > 0) return step;
      this.pool.free(table.page!);
      depth--;
    }
  }
}

function tableOf(pageOfPool: number | null, entries: number): Table {
  return { page: pageOfPool, present: new Uint8Array(entries), count: 0, children: null };
}

/** Sets entries to be pages, or empty, or to lead to a table. */
function fill(table: Table, index: number, count: number, isPresent: boolean, child?: Table): void {
  for (let entry = index; entry < index + count; entry++) {
    table.count += (isPresent ? 1 : 0) - table.present[entry]!;
    table.present[entry] = isPresent ? 1 : 0;
  }
  if (child === undefined && table.children !== null)
    for (let entry = index; entry < index + count; entry++) table.children.delete(entry);
}

/** In 64 bits, where the last page's worth of sizes becomes nothing. */
function alignedUp(size: bigint): bigint {
  return (BigInt.asUintN(64, size + BigInt(page - 1)) / BigInt(page)) * BigInt(page);
}
