import type { Choice, FlagSet } from "./names.js";
import type { IrNode } from "./node.js";

/** A range of physical memory or of device registers, and what may be done with it (`jailhouse_memory`). */
export interface MemoryRegion extends IrNode {
  /** Address on the machine, in bytes, 0..2^64-1. */
  readonly physStart: bigint;
  /** Address the cell sees it at, in bytes, 0..2^64-1. */
  readonly virtStart: bigint;
  /** In bytes, 0..2^64-1. */
  readonly size: bigint;
  /** `JAILHOUSE_MEM_READ`, `JAILHOUSE_MEM_WRITE`, ... */
  readonly flags: FlagSet;
}

/** A part of a cache (`jailhouse_cache`, since early 2016): a contiguous run of ways. */
export interface CacheRegion extends IrNode {
  /** First way, counted from 0. */
  readonly start: number;
  /** Number of ways. */
  readonly size: number;
  /** `JAILHOUSE_CACHE_L3`, `JAILHOUSE_CACHE_L3_CODE` or `JAILHOUSE_CACHE_L3_DATA`. */
  readonly type: Choice;
  /** `JAILHOUSE_CACHE_ROOTSHARED`. */
  readonly flags: FlagSet;
}
