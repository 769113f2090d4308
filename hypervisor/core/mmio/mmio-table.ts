import type { MmioHandler } from "./mmio-access.js";

/** A region whose accesses are trapped. */
export interface MmioRegion {
  /** Address in the cell. */
  readonly start: bigint;
  readonly size: bigint;
  readonly handler: MmioHandler;
}

/**
 * The trapped regions of a cell, by their start. The search assumes that they do not overlap: among nested ones it can
 * miss (hypervisor/mmio.c:118-160).
 */
export class MmioTable {
  private readonly table: MmioRegion[] = [];
  /** The same as numbers: an access is below 2^53, and so is any bound that decides something. */
  private readonly starts: GrowingList = new GrowingList();
  private readonly ends: GrowingList = new GrowingList();

  /**
   * @param slots how many regions it has room for
   * @param wordBits of addresses and sizes: what is above is lost, and sums wrap
   */
  constructor(
    readonly slots: number,
    private readonly wordBits: 32 | 64 = 64,
  ) {}

  get regions(): readonly MmioRegion[] {
    return this.table;
  }

  /** Behind all regions that start at or below the new one. @returns false without a free slot: nothing is registered */
  register({ start, size, handler }: MmioRegion): boolean {
    if (this.table.length >= this.slots) return false;
    const region = { start: this.word(start), size: this.word(size), handler };
    const place = this.placeBehind(region.start);
    this.table.splice(place, 0, region);
    this.starts.insert(place, Number(region.start));
    this.ends.insert(place, Number(this.word(region.start + region.size)));
    return true;
  }

  private word(value: bigint): bigint {
    return BigInt.asUintN(this.wordBits, value);
  }

  private placeBehind(start: bigint): number {
    let [first, last] = [0, this.table.length];
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.table[middle]!.start > start) last = middle;
      else first = middle + 1;
    }
    return first;
  }

  /** Removes whatever the search finds at this address: a region that encloses it, too. */
  unregister(start: bigint): void {
    const found = this.findExactly(this.word(start), 1n);
    if (found === null) return;
    this.table.splice(found, 1);
    this.starts.remove(found);
    this.ends.remove(found);
  }

  /**
   * @param address below 2^53, as all are that a CPU can reach
   * @returns place of the region that answers for all bytes of an access; null without one
   */
  find(address: number, size: number): number | null {
    const starts = this.starts.values;
    const ends = this.ends.values;
    if (this.wordBits === 32 && address >= 2 ** 32) return null;
    const end = this.wordBits === 32 ? (address + size) % 2 ** 32 : address + size;
    let first = 0;
    let count = this.table.length;
    while (count > 0) {
      const middle = first + Math.floor(count / 2);
      if (address < starts[middle]!) {
        count = middle - first;
      } else if (ends[middle]! < end) {
        count -= middle + 1 - first;
        first = middle + 1;
      } else {
        return middle;
      }
    }
    return null;
  }

  /** The same for any address of 64 bits; ends wrap as the hypervisor's do. */
  findExactly(address: bigint, size: bigint): number | null {
    const end = this.word(address + size);
    let first = 0;
    let count = this.table.length;
    while (count > 0) {
      const middle = first + Math.floor(count / 2);
      const region = this.table[middle]!;
      if (address < region.start) {
        count = middle - first;
      } else if (this.word(region.start + region.size) < end) {
        count -= middle + 1 - first;
        first = middle + 1;
      } else {
        return middle;
      }
    }
    return null;
  }
}

/** Numbers in an order of their own, which come and go at any place. */
class GrowingList {
  /** Behind the last number there is room. */
  values = new Float64Array(8);
  private length = 0;

  insert(place: number, value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values.copyWithin(place + 1, place, this.length);
    this.values[place] = value;
    this.length++;
  }

  remove(place: number): void {
    this.values.copyWithin(place, place + 1, this.length);
    this.length--;
  }
}
