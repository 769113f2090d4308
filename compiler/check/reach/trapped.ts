import type { PciDevice } from "../../ir/pci.js";
import type { Interval } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";

/** Addresses at which the hypervisor checks each access. */
export interface Handler {
  readonly start: bigint;
  readonly size: bigint;
  /** What it lets through; null where the hypervisor answers all by itself. */
  readonly passes: PassedRegion | PassedTable | null;
}

/** The interrupt table of a device. */
export interface PassedTable {
  readonly device: PciDevice;
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
  /** Worked out when asked for, until a handler comes or goes. */
  #crowd: ReadonlySet<Handler> | undefined;
  readonly #found = new Map<bigint, ReadonlyMap<Handler, readonly Interval[]>>();

  get all(): readonly Handler[] {
    return this.#handlers;
  }

  register(handler: Handler): void {
    this.#forget();
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
    this.#forget();
    const index = this.#find(address, 1n);
    if (index !== undefined) this.#handlers.splice(index, 1);
  }

  find(address: bigint, size: bigint): Handler | undefined {
    const index = this.#find(address, size);
    return index === undefined ? undefined : this.#handlers[index];
  }

  /** The addresses at which an access of this many bytes finds the handler, ascending. */
  addressesOf(handler: Handler, bytes: bigint): readonly Interval[] {
    const { start, size } = handler;
    if (size < bytes) return [];
    if (!this.#crowded().has(handler)) return [{ start, end: start + size - bytes + 1n }];
    let found = this.#found.get(bytes);
    if (found === undefined) {
      found = this.#search(bytes);
      this.#found.set(bytes, found);
    }
    return found.get(handler) ?? [];
  }

  /**
   * What the search finds in the crowd. It compares the address with starts, and the end of the access with ends: between
   * two addresses at which one of these comparisons changes, the outcome is the same.
   */
  #search(bytes: bigint): ReadonlyMap<Handler, readonly Interval[]> {
    const changes = new Set<bigint>();
    for (const { start, size } of this.#crowded()) {
      changes.add(start);
      if (start + size >= bytes) changes.add(start + size - bytes + 1n);
    }
    const ascending = [...changes].sort((one, other) => (one < other ? -1 : 1));
    const found = new Map<Handler, Interval[]>();
    for (const [index, start] of ascending.entries()) {
      const handler = this.find(start, bytes);
      const end = ascending[index + 1];
      if (handler === undefined || end === undefined) continue;
      const intervals = found.get(handler);
      const last = intervals?.at(-1);
      if (intervals === undefined) found.set(handler, [{ start, end }]);
      else if (last?.end === start) intervals[intervals.length - 1] = { start: last.start, end };
      else intervals.push({ start, end });
    }
    return found;
  }

  /** Those that overlap others. The search finds all others wherever they are. */
  #crowded(): ReadonlySet<Handler> {
    if (this.#crowd !== undefined) return this.#crowd;
    const crowd = new Set<Handler>();
    let end = 0n;
    for (const [index, handler] of this.#handlers.entries()) {
      const own = handler.start + handler.size;
      const next = this.#handlers[index + 1];
      if (handler.start < end || (next !== undefined && next.start < own)) crowd.add(handler);
      if (own > end) end = own;
    }
    this.#crowd = crowd;
    return crowd;
  }

  #forget(): void {
    this.#crowd = undefined;
    this.#found.clear();
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
