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
  private starts: Float64Array;
  private ends: Float64Array;

  /** @param slots how many regions it has room for */
  constructor(readonly slots: number) {
    this.starts = new Float64Array();
    this.ends = new Float64Array();
  }

  get regions(): readonly MmioRegion[] {
    return this.table;
  }

  /** Behind all regions that start at or below the new one. @returns false without a free slot: nothing is registered */
  register(region: MmioRegion): boolean {
    if (this.table.length >= this.slots) return false;
    const behind = this.table.findIndex(({ start }) => start > region.start);
    this.table.splice(behind === -1 ? this.table.length : behind, 0, region);
    this.index();
    return true;
  }

  /** Removes whatever the search finds at this address: a region that encloses it, too. */
  unregister(start: bigint): void {
    const found = this.findExactly(start, 1n);
    if (found === null) return;
    this.table.splice(found, 1);
    this.index();
  }

  private index(): void {
    this.starts = Float64Array.from(this.table, ({ start }) => Number(start));
    this.ends = Float64Array.from(this.table, ({ start, size }) => Number(BigInt.asUintN(64, start + size)));
  }

  /**
   * @param address below 2^53, as all are that a CPU can reach
   * @returns place of the region that answers for all bytes of an access; null without one
   */
  find(address: number, size: number): number | null {
    let first = 0;
    let count = this.table.length;
    while (count > 0) {
      const middle = first + Math.floor(count / 2);
      if (address < this.starts[middle]!) {
        count = middle - first;
      } else if (this.ends[middle]! < address + size) {
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
    const end = BigInt.asUintN(64, address + size);
    let first = 0;
    let count = this.table.length;
    while (count > 0) {
      const middle = first + Math.floor(count / 2);
      const region = this.table[middle]!;
      if (address < region.start) {
        count = middle - first;
      } else if (BigInt.asUintN(64, region.start + region.size) < end) {
        count -= middle + 1 - first;
        first = middle + 1;
      } else {
        return middle;
      }
    }
    return null;
  }
}
