import type { PageTables } from "../core/paging/page-tables.js";
import { pageSize } from "../core/paging/table-format.js";
import type { AccessSize, PhysicalMemory } from "../machine/physical-memory.js";
import { checkAddress, checkSize, checkValue, checkValue64 } from "./access-arguments.js";

/** Answers accesses that do not reach memory: trapped regions, and those that are forbidden. */
export interface TrapHandler {
  /** @returns what is read; throws where the CPU does not go on */
  read(address: number, size: AccessSize): bigint;
  write(address: number, size: AccessSize, value: bigint): void;
}

/** Flags that an entry has to have for each kind of access. */
export interface AccessRights {
  readonly read: number;
  readonly write: number;
}

/** Translations that are at hand; a power of two. */
const slots = 1024;

/** The others are found by blocks of so many pages. */
const blockPages = 512;

const accessSizes: readonly AccessSize[] = [1, 2, 4, 8];

interface Block {
  readonly views: (DataView | null)[];
  /** What has been found to be allowed. */
  readonly rights: Uint8Array;
}

/**
 * Memory as a CPU of a cell reaches it, through the tables of its cell: addresses are those of the cell, below 2^53. What
 * was translated once is remembered until the tables change, so that an access costs the same whatever the config has.
 */
export class GuestMemory {
  /** Numbers of pages that may be read or written, by their slot; -1 for none. */
  private readonly readable = new Float64Array(slots).fill(-1);
  private readonly writable = new Float64Array(slots).fill(-1);
  private readonly views = new Array<DataView | null>(slots).fill(null);
  private readonly blocks = new Map<number, Block>();
  private generation = -1;

  constructor(
    private readonly memory: PhysicalMemory,
    private readonly tables: PageTables,
    private readonly rights: AccessRights,
    private readonly traps: TrapHandler,
  ) {}

  read8(address: number): number {
    const view = this.readView(address);
    return view !== null ? view.getUint8(address % pageSize) : Number(this.readSlowly(address, 1));
  }

  read16(address: number): number {
    const offset = address % pageSize;
    const view = offset <= pageSize - 2 ? this.readView(address) : null;
    return view !== null ? view.getUint16(offset, true) : Number(this.readSlowly(address, 2));
  }

  read32(address: number): number {
    const offset = address % pageSize;
    const view = offset <= pageSize - 4 ? this.readView(address) : null;
    return view !== null ? view.getUint32(offset, true) : Number(this.readSlowly(address, 4));
  }

  read64(address: number): bigint {
    const offset = address % pageSize;
    const view = offset <= pageSize - 8 ? this.readView(address) : null;
    return view !== null ? view.getBigUint64(offset, true) : this.readSlowly(address, 8);
  }

  write8(address: number, value: number): void {
    if (!(value >= 0 && value <= 0xff && Number.isSafeInteger(value))) checkValue(value, 1);
    const view = this.writeView(address);
    if (view !== null) view.setUint8(address % pageSize, value);
    else this.writeSlowly(address, 1, BigInt(value));
  }

  write16(address: number, value: number): void {
    if (!(value >= 0 && value <= 0xffff && Number.isSafeInteger(value))) checkValue(value, 2);
    const offset = address % pageSize;
    const view = offset <= pageSize - 2 ? this.writeView(address) : null;
    if (view !== null) view.setUint16(offset, value, true);
    else this.writeSlowly(address, 2, BigInt(value));
  }

  write32(address: number, value: number): void {
    if (!(value >= 0 && value <= 0xffffffff && Number.isSafeInteger(value))) checkValue(value, 4);
    const offset = address % pageSize;
    const view = offset <= pageSize - 4 ? this.writeView(address) : null;
    if (view !== null) view.setUint32(offset, value, true);
    else this.writeSlowly(address, 4, BigInt(value));
  }

  write64(address: number, value: bigint): void {
    checkValue64(value);
    const offset = address % pageSize;
    const view = offset <= pageSize - 8 ? this.writeView(address) : null;
    if (view !== null) view.setBigUint64(offset, value, true);
    else this.writeSlowly(address, 8, value);
  }

  /**
   * Writes the lower bytes of a register: trapped regions see the others, too, as instructions let them.
   *
   * @param register 0 to 2^64 - 1
   */
  writeRegister(address: number, size: AccessSize, register: bigint): void {
    checkSize(size, accessSizes);
    checkValue64(register);
    const view = address % pageSize <= pageSize - size ? this.writeView(address) : null;
    if (view === null) this.writeSlowly(address, size, register);
    else if (size === 8) view.setBigUint64(address % pageSize, register, true);
    else setWord(view, address % pageSize, size, Number(BigInt.asUintN(32, register)));
  }

  private readView(address: number): DataView | null {
    if (!Number.isSafeInteger(address) || address < 0) checkAddress(address);
    const page = Math.floor(address / pageSize);
    const slot = page & (slots - 1);
    if (this.readable[slot] === page && this.generation === this.tables.generation) return this.views[slot]!;
    return this.viewOf(page, this.rights.read, this.readable, false);
  }

  private writeView(address: number): DataView | null {
    if (!Number.isSafeInteger(address) || address < 0) checkAddress(address);
    const page = Math.floor(address / pageSize);
    const slot = page & (slots - 1);
    if (this.writable[slot] === page && this.generation === this.tables.generation) return this.views[slot]!;
    return this.viewOf(page, this.rights.write, this.writable, true);
  }

  /** An access that the tables allow, to what is no plain memory: a device, or nothing. */
  protected physically<Result>(access: () => Result): Result {
    return access();
  }

  /** Null where the tables do not allow it, where no memory is behind them, and where what is read was never written to. */
  private viewOf(page: number, right: number, known: Float64Array, isWritten: boolean): DataView | null {
    if (this.generation !== this.tables.generation) this.forget();
    const view = this.knownView(page, right) ?? this.walk(page, right, isWritten);
    if (view === null) return null;
    const slot = page & (slots - 1);
    // A slot has one view: what another page remembered of it is forgotten.
    if (this.readable[slot] !== page) this.readable[slot] = -1;
    if (this.writable[slot] !== page) this.writable[slot] = -1;
    known[slot] = page;
    this.views[slot] = view;
    return view;
  }

  private forget(): void {
    this.readable.fill(-1);
    this.writable.fill(-1);
    this.blocks.clear();
    this.generation = this.tables.generation;
  }

  private knownView(page: number, right: number): DataView | null {
    const block = this.blocks.get(Math.floor(page / blockPages));
    if (block === undefined) return null;
    const index = page % blockPages;
    return (block.rights[index]! & right) === right ? block.views[index]! : null;
  }

  private walk(page: number, right: number, isWritten: boolean): DataView | null {
    const found = this.tables.translate(page * pageSize, right);
    if (found === null) return null;
    const place = Math.floor(found.physical / pageSize);
    const view = isWritten ? this.memory.writeView(place) : this.memory.readView(place);
    if (view === null) return null;
    const number = Math.floor(page / blockPages);
    let block = this.blocks.get(number);
    if (block === undefined) {
      block = {
        views: new Array<DataView | null>(blockPages).fill(null),
        rights: new Uint8Array(blockPages),
      };
      this.blocks.set(number, block);
    }
    block.views[page % blockPages] = view;
    block.rights[page % blockPages]! |= right;
    return view;
  }

  /** An access that runs over the end of a page is made in two parts. */
  private readSlowly(address: number, size: AccessSize): bigint {
    checkAddress(address);
    const room = pageSize - (address % pageSize);
    if (size > room) {
      const first = this.bytesAt(address, room);
      return first | (this.bytesAt(address + room, size - room) << BigInt(8 * room));
    }
    const found = this.tables.translate(address, this.rights.read);
    return found === null
      ? this.traps.read(address, size)
      : this.physically(() => this.memory.read(found.physical, size));
  }

  private bytesAt(address: number, count: number): bigint {
    let value = 0n;
    for (let index = count - 1; index >= 0; index--)
      value = (value << 8n) | BigInt(this.read8(address + index));
    return value;
  }

  private writeSlowly(address: number, size: AccessSize, value: bigint): void {
    checkAddress(address);
    const room = pageSize - (address % pageSize);
    if (size > room) {
      for (let index = 0; index < size; index++) {
        this.write8(address + index, Number((value >> BigInt(8 * index)) & 0xffn));
      }
      return;
    }
    const found = this.tables.translate(address, this.rights.write);
    if (found === null) this.traps.write(address, size, value);
    else this.physically(() => this.memory.write(found.physical, size, BigInt.asUintN(8 * size, value)));
  }
}

function setWord(view: DataView, offset: number, size: 1 | 2 | 4, value: number): void {
  if (size === 1) view.setUint8(offset, value);
  else if (size === 2) view.setUint16(offset, value, true);
  else view.setUint32(offset, value, true);
}
