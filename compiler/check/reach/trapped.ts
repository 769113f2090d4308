import type { Region } from "../facts/region.js";

/** Addresses at which the hypervisor checks each access. */
export interface Handler {
  readonly start: bigint;
  readonly size: bigint;
  /** What it lets through; null for devices that the hypervisor stands in for. */
  readonly passes: PassedRegion | null;
}

/** A sub-page region, or the part of one that root got back. */
export interface PassedRegion {
  readonly region: Region;
  /** Physical address of the first byte. */
  readonly phys: bigint;
}

/**
 * The accesses that a cell's CPUs are trapped at, found as the hypervisor does (hypervisor/mmio.c:68-251): a binary search
 * that expects disjoint ranges, and misses some where they are not.
 */
export class HandlerTable {
  readonly #handlers: Handler[] = [];

  get all(): readonly Handler[] {
    return this.#handlers;
  }

  register(handler: Handler): void {
    let [low, high] = [0, this.#handlers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#handlers[middle]!.start > handler.start) high = middle;
      else low = middle + 1;
    }
    this.#handlers.splice(low, 0, handler);
  }

  /** Removes whatever a one-byte access to the address would find. */
  unregister(address: bigint): void {
    const index = this.#find(address, 1n);
    if (index !== undefined) this.#handlers.splice(index, 1);
  }

  find(address: bigint, size: bigint): Handler | undefined {
    const index = this.#find(address, size);
    return index === undefined ? undefined : this.#handlers[index];
  }

  #find(address: bigint, size: bigint): number | undefined {
    let [first, count] = [0, this.#handlers.length];
    while (count > 0) {
      const index = first + (count >>> 1);
      const handler = this.#handlers[index]!;
      if (address < handler.start) count = index - first;
      else if (handler.start + handler.size < address + size) {
        count -= index + 1 - first;
        first = index + 1;
      } else return index;
    }
    return undefined;
  }
}
