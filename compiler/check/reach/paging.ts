import { pageSize } from "../facts/region.js";
import type { AddressMap } from "./address-map.js";

/** What one entry of a page table stands for, from the lowest level up. */
const block2M = 1n << 21n;
const block1G = 1n << 30n;
const block512G = 1n << 39n;

/** Levels of the tables: three begin with entries of 1 GiB, four with entries of 512 GiB. */
export type Levels = 3 | 4;

/** Pages begin at multiples of their size: what an address says beyond that is dropped (hypervisor/paging.c:291). */
export function pageStart(address: bigint): bigint {
  return address - (address % pageSize);
}

/**
 * Takes a range out as `paging_destroy` does (hypervisor/paging.c:366): where a whole block of 1 GiB or 2 MiB has no
 * tables, it goes on by the size of the block from where it is, not from the start of the next block. What is mapped right
 * behind a hole can so be left over.
 */
export function unmap(map: AddressMap, start: bigint, end: bigint, levels: Levels): void {
  const isEmpty = (block: bigint, address: bigint): boolean => {
    const first = address - (address % block);
    const next = map.next(first);
    return next === undefined || next.start >= first + block;
  };
  let address = start;
  while (address < end) {
    const next = map.next(address);
    if (next === undefined || next.start >= end) return;
    if (next.start <= address) {
      const stop = next.end < end ? next.end : end;
      map.clear(address, stop);
      address = stop;
    } else if (levels === 4 && isEmpty(block512G, address)) {
      // It goes through these page by page, and misses nothing.
      address = next.start - (next.start % block512G);
    } else if (isEmpty(block1G, address)) address += block1G;
    else if (isEmpty(block2M, address)) address += block2M;
    else {
      const blockEnd = address - (address % block2M) + block2M;
      address = next.start < blockEnd ? next.start : blockEnd;
    }
  }
}
