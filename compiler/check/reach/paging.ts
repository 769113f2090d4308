import type { Machine } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
import { pageSize } from "../facts/region.js";
import { type Levels, walkHole } from "../facts/table-walk.js";
import type { AddressMap } from "./address-map.js";

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
 * Takes a range out as `paging_destroy` does (hypervisor/paging.c:366): what is mapped behind a hole can be left over, where
 * the walk leaves the hole too late.
 */
export function unmap(map: AddressMap, start: bigint, end: bigint, levels: Levels): void {
  let address = start;
  while (address < end) {
    const next = map.next(address);
    if (next === undefined) return;
    if (next.start <= address) {
      map.clear(address, next.end < end ? next.end : end);
      address = next.end;
    } else {
      const before = map.before(address)?.end ?? 0n;
      address = walkHole(address, { before, next: next.start }, levels);
    }
  }
}
