import type { MemoryRegion } from "../../ir/memory.js";
import { hasFlag } from "../../ir/names.js";
import type { Spot } from "../spot.js";
import type { CheckedConfig } from "./checked-config.js";
import type { Interval } from "./intervals.js";

/** All architectures that Jailhouse knows use pages of 4 KiB for what they map into cells. */
export const pageSize = 4096n;
const pageMask = pageSize - 1n;

/** Addresses have 64 bits; what a region says beyond that wraps, which has a rule of its own. */
const addressEnd = 1n << 64n;

const widthFlags = [
  "JAILHOUSE_MEM_IO_8",
  "JAILHOUSE_MEM_IO_16",
  "JAILHOUSE_MEM_IO_32",
  "JAILHOUSE_MEM_IO_64",
];

/** A memory region with what rules ask about it, worked out once. */
export class Region {
  /** Half-open ranges, cut off at 2^64. */
  readonly phys: Interval;
  readonly virt: Interval;
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
  readonly dma: boolean;
  readonly io: boolean;
  readonly comm: boolean;
  readonly loadable: boolean;
  readonly rootShared: boolean;
  /**
   * The hypervisor does not map it but traps and checks each access: `virt_start` or `size` is not a multiple of the
   * page (include/jailhouse/cell-config.h:165; `phys_start` does not count). Hypervisors before January 2016 (1bd48353,
   * which brought widths of access) mapped the whole pages instead.
   */
  readonly isSubPage: boolean;

  constructor(
    readonly config: CheckedConfig,
    readonly node: MemoryRegion,
    /** In the table of the cell. */
    readonly index: number,
  ) {
    const { physStart, virtStart, size, flags } = node;
    this.phys = { start: physStart, end: cut(physStart + size) };
    this.virt = { start: virtStart, end: cut(virtStart + size) };
    this.read = hasFlag(flags, "JAILHOUSE_MEM_READ");
    this.write = hasFlag(flags, "JAILHOUSE_MEM_WRITE");
    this.execute = hasFlag(flags, "JAILHOUSE_MEM_EXECUTE");
    this.dma = hasFlag(flags, "JAILHOUSE_MEM_DMA");
    this.io = hasFlag(flags, "JAILHOUSE_MEM_IO");
    this.comm = hasFlag(flags, "JAILHOUSE_MEM_COMM_REGION");
    this.loadable = hasFlag(flags, "JAILHOUSE_MEM_LOADABLE");
    this.rootShared = hasFlag(flags, "JAILHOUSE_MEM_ROOTSHARED");
    this.isSubPage = ((virtStart | size) & pageMask) !== 0n && config.hasConstant("JAILHOUSE_MEM_IO_32");
  }

  get size(): bigint {
    return this.node.size;
  }

  /** Mapped page by page: neither empty nor trapped. The communication region is one, too. */
  get isMapped(): boolean {
    return this.size > 0n && !this.isSubPage;
  }

  /** It stands for the physical memory that it names: the communication region's is made up by the hypervisor. */
  get hasPhysical(): boolean {
    return this.size > 0n && !this.comm;
  }

  /** True where the region says which widths of access are allowed. */
  get hasWidth(): boolean {
    return widthFlags.some((flag) => hasFlag(this.node.flags, flag));
  }

  /** True where every number and flag is zero. */
  get isZero(): boolean {
    const { physStart, virtStart, size, flags } = this.node;
    return (
      physStart === 0n && virtStart === 0n && size === 0n && flags.names.length === 0 && flags.unknown === 0n
    );
  }

  spot(field?: keyof MemoryRegion & string): Spot {
    return this.config.spot(this.node, field);
  }
}

function cut(end: bigint): bigint {
  return end > addressEnd ? addressEnd : end;
}

/**
 * The memory that a region leads to: of one that is mapped, whole pages, since the bits of its start below the page are
 * dropped (hypervisor/paging.c:289). That it starts within a page has a rule of its own.
 */
export function memoryBehind({ phys, isMapped }: Region): Interval {
  const dropped = isMapped ? phys.start & pageMask : 0n;
  return { start: phys.start - dropped, end: phys.end - dropped };
}

/** A region as an interval of physical memory, for {@link IntervalIndex}. */
export interface PhysicalRange extends Interval {
  readonly region: Region;
}

/** A region as an interval of what the cell sees. */
export interface VirtualRange extends Interval {
  readonly region: Region;
}

/** Two regions of one cell in the order of its table. */
export function inTableOrder(one: Region, other: Region): readonly [Region, Region] {
  return one.index < other.index ? [one, other] : [other, one];
}

/** Memory that both stand for is seen by the cell at one address. */
export function isSamePlace(one: Region, other: Region): boolean {
  return one.virt.start - one.phys.start === other.virt.start - other.phys.start;
}
