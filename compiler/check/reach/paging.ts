import type { Machine } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
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
 * The addresses of memory that an entry of the page tables has room for (hypervisor/arch/x86/paging.c:75-91,
 * arch/arm64/include/asm/paging.h:82). On arm the hypervisor's own words have 32 bits.
 */
const physicalSizes: Readonly<Record<Machine, bigint>> = { x86: 1n << 52n, arm64: 1n << 48n, arm: 1n << 32n };

/** The addresses of a cell that its tables look at (hypervisor/arch/x86/paging.c, arch/arm-common/paging.c:46). */
const virtualSizes: Readonly<Record<Machine, bigint>> = { x86: 1n << 48n, arm64: 1n << 48n, arm: 1n << 32n };

/** An address of a cell as its tables see it: what is above them aliases what is below. */
export function tableAddress(address: bigint, machine: Machine): bigint {
  return address % virtualSizes[machine];
}

/** The address of memory that tables make of one that they have no room for. */
export function physicalAddress(address: bigint, machine: Machine): bigint {
  return address % physicalSizes[machine];
}

/** What of `wanted` the memory at these addresses is: bits that tables have no room for are dropped. */
export interface Landing {
  readonly range: Interval;
  /** Of the first byte of `range`, from the start of the memory. */
  readonly offset: bigint;
}

/** @param phys of any size; behind the last address that there is room for, it begins anew at 0 */
export function landings(phys: Interval, wanted: Interval, machine: Machine): readonly Landing[] {
  const size = physicalSizes[machine];
  const start = physicalAddress(phys.start, machine);
  const end = start + (phys.end - phys.start);
  const found: Landing[] = [];
  // Once around is all there is.
  for (const turn of [0n, size]) {
    const range = intersection(wanted, { start: start > turn ? start - turn : 0n, end: end - turn });
    if (range !== undefined) found.push({ range, offset: range.start + turn - start });
  }
  return found;
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
