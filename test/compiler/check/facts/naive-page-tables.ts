/**
 * Page tables as tables: entries that are pages, other tables, or empty. Memory is put into them and taken out of them entry
 * by entry, as hypervisor/paging.c does it, with none of the product's code. Memory is seen where it is.
 */

const pageSize = 4096;
const entriesOfTable = 512;

type Table = Map<number, "page" | Table>;

export class NaivePageTables {
  readonly #root: Table = new Map();

  /** @param levels 3, with entries of 1 GiB at the top, or 4, with entries of 512 GiB that cannot be pages */
  constructor(readonly levels: 3 | 4) {}

  /** @param start of a page; @param size whole pages */
  map(start: number, size: number): void {
    let at = start;
    while (at < start + size) {
      let table = this.#root;
      let level = this.levels - 1;
      while (level > 0) {
        const block = sizeAt(level);
        const index = this.#indexOf(at, level);
        if (level < 3 && at % block === 0 && block <= start + size - at) break;
        let entry = table.get(index);
        if (entry === undefined || entry === "page") {
          entry = entry === undefined ? new Map() : split();
          table.set(index, entry);
        }
        table = entry;
        level--;
      }
      table.set(this.#indexOf(at, level), "page");
      at += sizeAt(level);
    }
  }

  unmap(start: number, size: number): void {
    let at = start;
    const end = start + size;
    while (at < end) {
      const tables: Table[] = [this.#root];
      let level = this.levels - 1;
      for (;;) {
        const table = tables.at(-1)!;
        const index = this.#indexOf(at, level);
        let entry = table.get(index);
        if (entry === undefined) break;
        if (entry === "page") {
          const block = sizeAt(level);
          const first = at - (at % block);
          if (at <= first && end >= first + block) break;
          entry = split();
          table.set(index, entry);
        }
        tables.push(entry);
        level--;
      }
      const arrived = sizeAt(level);
      const isTopEmpty = level === 3;
      for (;;) {
        tables.at(-1)!.delete(this.#indexOf(at, level));
        if (tables.length === 1 || tables.at(-1)!.size > 0) break;
        tables.pop();
        level++;
      }
      // Page by page to the end of the entry, where nothing is.
      at = isTopEmpty ? Math.min(end, at - (at % sizeAt(3)) + sizeAt(3)) : at + arrived;
    }
  }

  /** Ascending; what touches is one. */
  mapped(): readonly (readonly [start: number, end: number])[] {
    const runs: [number, number][] = [];
    const collect = (table: Table, level: number, base: number): void => {
      for (const [index, entry] of [...table].sort(([one], [other]) => one - other)) {
        const start = base + index * sizeAt(level);
        if (entry !== "page") collect(entry, level - 1, start);
        else if (runs.at(-1)?.[1] === start) runs.at(-1)![1] = start + sizeAt(level);
        else runs.push([start, start + sizeAt(level)]);
      }
    };
    collect(this.#root, this.levels - 1, 0);
    return runs;
  }

  #indexOf(at: number, level: number): number {
    return Math.floor(at / sizeAt(level)) % entriesOfTable;
  }
}

function sizeAt(level: number): number {
  return pageSize * entriesOfTable ** level;
}

/** The entries of a table in the place of a large page. */
function split(): Table {
  return new Map(Array.from({ length: entriesOfTable }, (_, index) => [index, "page" as const]));
}
