import type { PagePool } from "../page-pool.js";
import { MachineHang, Refusal } from "../refusal.js";
import { pageSize, type TableFormat, type TableLevel } from "./table-format.js";

/** One table: for each entry where it leads, and its flags. */
class Table {
  private children: (Table | null)[] | null = null;
  /** Physical address of the page, of entries that have no child. */
  readonly pages: Float64Array;
  readonly flags: Uint16Array;
  private presentEntries = 0;

  /** @param page number in the pool; null for a root that is part of something else */
  constructor(
    readonly page: number | null,
    entries: number,
    private readonly present: number,
  ) {
    this.pages = new Float64Array(entries);
    this.flags = new Uint16Array(entries);
  }

  isPresent(index: number): boolean {
    return (this.flags[index]! & this.present) === this.present;
  }

  get isEmpty(): boolean {
    return this.presentEntries === 0;
  }

  get presentCount(): number {
    return this.presentEntries;
  }

  setFlags(index: number, flags: number): void {
    if (this.isPresent(index)) this.presentEntries--;
    this.flags[index] = flags;
    if (this.isPresent(index)) this.presentEntries++;
  }

  child(index: number): Table | null {
    return this.children === null ? null : this.children[index]!;
  }

  /** Most tables hold pages only, and no list of tables below. */
  setChild(index: number, child: Table | null): void {
    if (this.children !== null) this.children[index] = child;
    else if (child !== null) {
      this.children = new Array<Table | null>(this.flags.length).fill(null);
      this.children[index] = child;
    }
  }
}

/** What an address is mapped to. */
export interface Translation {
  readonly physical: number;
  readonly flags: number;
}

/** One entry that is a page: of 4K, or a large one. */
export interface MappedPage {
  readonly virtual: number;
  readonly size: number;
  readonly physical: number;
  readonly flags: number;
}

/** Whether pages larger than 4K may be used. */
export type PageSizes = "huge" | "small";

/** So many steps take the real hypervisor longer than anybody waits. */
const endlessSteps = 2 ** 40;

/**
 * Page tables as the hypervisor builds them, entry by entry: it uses the largest page that fits, splits what is taken away
 * in part, and gives tables back that it empties while it walks (hypervisor/paging.c:247-440). Tables come from its pool,
 * so that the pool's figures are those of the real one.
 */
export class PageTables {
  private readonly root: Table;
  /** Counts changes, for those who remember translations. */
  generation = 0;

  /**
   * @param rootPage number of the root table in the pool; null for one that is part of something else
   */
  constructor(
    private readonly format: TableFormat,
    private readonly pool: PagePool,
    rootPage: number | null,
  ) {
    this.root = new Table(rootPage, format.levels[0]!.entries, this.format.present);
  }

  /** Number of the root table in the pool. */
  get rootPage(): number | null {
    return this.root.page;
  }

  /**
   * Maps a range. Addresses are taken as the tables see them: bits beyond what a level looks at are dropped.
   *
   * Refused with ENOMEM where the pool is empty; what has been mapped by then stays.
   */
  create(physical: bigint, size: bigint, virtual: bigint, flags: number, sizes: PageSizes): void {
    this.generation++;
    const physicalSpace = 2 ** this.format.physicalBits;
    const space = this.spaceOfRoot();
    const skipped = skippedTurns(size, space);
    let phys = Number((physical + skipped) % BigInt(physicalSpace));
    phys -= phys % pageSize;
    let virt = Number(BigInt.asUintN(64, virtual) % BigInt(space));
    virt -= virt % pageSize;
    let left = Number(alignedUp(size) - skipped);
    while (left > 0) {
      const span = this.mapOne(this.root, 0, phys % physicalSpace, left, virt % space, flags, sizes);
      phys += span;
      virt += span;
      left -= span;
    }
  }

  /** Maps what fits into one entry, or into those that follow each other in a table of the last level. @returns how many bytes that were */
  private mapOne(
    top: Table,
    topLevel: number,
    phys: number,
    left: number,
    virt: number,
    flags: number,
    sizes: PageSizes,
  ): number {
    let table = top;
    for (let depth = topLevel; ; depth++) {
      const level = this.format.levels[depth]!;
      const index = indexOf(level, virt);
      if (level.span === pageSize) return this.mapPages(table, index, phys, left, flags);
      const fits = level.span <= left && phys % level.span === 0 && virt % level.span === 0;
      if (level.holdsPages && fits && sizes === "huge") {
        this.clearFrom(table, depth, virt, level.span);
        table.setChild(index, null);
        table.pages[index] = phys;
        table.setFlags(index, flags);
        return level.span;
      }
      if (table.isPresent(index)) this.split(table, depth, index, virt, sizes);
      else this.addTable(table, depth, index);
      table = table.child(index)!;
    }
  }

  private mapPages(table: Table, first: number, phys: number, left: number, flags: number): number {
    const physicalSpace = 2 ** this.format.physicalBits;
    const count = Math.min(left / pageSize, table.flags.length - first);
    for (let done = 0; done < count; done++) {
      table.pages[first + done] = (phys + done * pageSize) % physicalSpace;
      table.setFlags(first + done, flags);
    }
    return count * pageSize;
  }

  /** Makes a table of a large page. Nothing happens to an entry that leads to a table. */
  private split(table: Table, depth: number, index: number, virt: number, sizes: PageSizes): void {
    if (table.child(index) !== null) return;
    const { span } = this.format.levels[depth]!;
    const phys = table.pages[index]!;
    const flags = table.flags[index]!;
    const child = this.addTable(table, depth, index);
    const start = virt - (virt % span);
    for (let done = 0; done < span; ) {
      done += this.mapOne(child, depth + 1, phys + done, span - done, start + done, flags, sizes);
    }
  }

  private addTable(table: Table, depth: number, index: number): Table {
    const page = this.pool.take(1);
    if (page === null) throw new Refusal("ENOMEM");
    const child = new Table(page, this.format.levels[depth + 1]!.entries, this.format.present);
    table.setChild(index, child);
    table.setFlags(index, this.format.toTable);
    return child;
  }

  /**
   * Takes a range out. Where nothing is mapped, the walk goes on by the size of the entry that is missing, without
   * returning to its start: what lies behind such a hole can be left over (hypervisor/paging.c:424-446).
   *
   * Refused with ENOMEM where a large page is to be split and the pool is empty.
   */
  destroy(virtual: bigint, size: bigint): void {
    this.generation++;
    const space = this.spaceOfRoot();
    const total = alignedUp(size);
    // Once around, everything is gone: the rest is time only.
    if (total / BigInt(pageSize) > BigInt(endlessSteps) && !this.isTakenInLargeSteps()) {
      throw new MachineHang("the hypervisor walks through page tables 4K by 4K, for hours");
    }
    const left = Number(total < BigInt(2 * space) ? total : BigInt(2 * space));
    this.clearFrom(this.root, 0, Number(BigInt.asUintN(64, virtual) % BigInt(space)), left);
  }

  private isTakenInLargeSteps(): boolean {
    return this.format.levels[0]!.holdsPages;
  }

  private clearFrom(top: Table, topLevel: number, start: number, size: number): void {
    const space = topLevel === 0 ? this.spaceOfRoot() : Number.MAX_SAFE_INTEGER;
    let virt = start;
    let left = size;
    while (left > 0) {
      const step = this.clearOne(top, topLevel, virt % space, left);
      if (step > left) return;
      virt += step;
      left -= step;
    }
  }

  /** Clears one entry, and gives tables back that are empty then. @returns how far the walk goes on */
  private clearOne(top: Table, topLevel: number, virt: number, left: number): number {
    const tables: Table[] = [top];
    let depth = topLevel;
    let table = top;
    for (;;) {
      const level = this.format.levels[depth]!;
      const index = indexOf(level, virt);
      if (!table.isPresent(index)) break;
      if (table.child(index) === null) {
        const start = virt - (virt % level.span);
        if (virt <= start && virt + (left - 1) >= start + (level.span - 1)) break;
        this.split(table, depth, index, virt, "small");
      }
      table = table.child(index)!;
      tables.push(table);
      depth++;
    }
    const level = this.format.levels[depth]!;
    if (level.span === pageSize) {
      const cleared = clearRun(table, indexOf(level, virt), left / pageSize);
      if (cleared > 0) return cleared * pageSize;
    }
    const step = level.holdsPages ? level.span : this.stepsOverHole(level, virt);
    for (;;) {
      const index = indexOf(this.format.levels[depth]!, virt);
      const gone = tables.pop()!;
      gone.setChild(index, null);
      gone.setFlags(index, 0);
      if (tables.length === 0 || !gone.isEmpty) return step;
      this.pool.free(gone.page!, 1);
      depth--;
    }
  }

  /** A level that holds no pages is walked in steps of 4K, up to the entry's end. */
  private stepsOverHole({ span }: TableLevel, virt: number): number {
    return span - (virt % span);
  }

  /**
   * What an address is mapped to, as processors and devices find it: beyond the tables nothing is.
   *
   * @returns null where it is not mapped, or not with all the flags that are asked for
   */
  translate(virtual: number, flags = this.format.present): Translation | null {
    return virtual < this.spaceOfRoot() ? this.lookUp(virtual, flags) : null;
  }

  /** The same as the hypervisor itself looks it up: bits beyond the tables are dropped (hypervisor/paging.c:212-245). */
  lookUp(virtual: number, flags = this.format.present): Translation | null {
    let table = this.root;
    const virt = virtual % this.spaceOfRoot();
    for (const level of this.format.levels) {
      const index = indexOf(level, virt);
      const found = table.flags[index]!;
      if ((found & flags) !== flags) return null;
      const child = table.child(index);
      if (child === null) return { physical: table.pages[index]! + (virt % level.span), flags: found };
      table = child;
    }
    return null;
  }

  /** The entry that an address leads to: how many levels below the root it is, and whether it counts. */
  end(virtual: number): { readonly depth: number; readonly isPresent: boolean } {
    const virt = virtual % this.spaceOfRoot();
    const { levels } = this.format;
    let table = this.root;
    for (let depth = 0; ; depth++) {
      const index = indexOf(levels[depth]!, virt);
      const child = table.child(index);
      if (child === null) return { depth, isPresent: table.isPresent(index) };
      table = child;
    }
  }

  /** How many levels there are. */
  get levels(): number {
    return this.format.levels.length;
  }

  /** All pages, small and large ones, in ascending order; those whose flags lack `present`, too. */
  *pages(): Generator<MappedPage, void> {
    yield* this.pagesOf(this.root, 0, 0);
  }

  private *pagesOf(table: Table, depth: number, start: number): Generator<MappedPage, void> {
    const { span } = this.format.levels[depth]!;
    for (const [index, flags] of table.flags.entries()) {
      if (flags === 0) continue;
      const child = table.child(index);
      const virtual = start + index * span;
      if (child !== null) yield* this.pagesOf(child, depth + 1, virtual);
      else yield { virtual, size: span, physical: table.pages[index]!, flags };
    }
  }

  private spaceOfRoot(): number {
    const { span, entries } = this.format.levels[0]!;
    return span * entries;
  }
}

/**
 * Clears entries of a table of the last level that follow each other, as long as others are left in it: what empties it is
 * for the walk, which goes on elsewhere then.
 */
function clearRun(table: Table, first: number, most: number): number {
  let index = first;
  for (; index < table.flags.length && index - first < most; index++) {
    if (table.presentCount === (table.isPresent(index) ? 1 : 0)) break;
    table.setFlags(index, 0);
  }
  return index - first;
}

function indexOf({ span, entries }: TableLevel, virt: number): number {
  return Math.floor(virt / span) % entries;
}

/** Sizes are rounded up to pages in 64 bits: the last page's worth of them wraps to nothing. */
function alignedUp(size: bigint): bigint {
  return BigInt.asUintN(64, size + BigInt(pageSize - 1)) & ~BigInt(pageSize - 1);
}

/** Of a range that goes around more than once, only the last turn is seen: so many bytes before it make no difference. */
function skippedTurns(size: bigint, space: number): bigint {
  const turns = alignedUp(size) / BigInt(space);
  return turns > 1n ? (turns - 1n) * BigInt(space) : 0n;
}
