import type { Cell } from "../core/cell.js";
import type { CacheRegion } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { CellShape, Unit } from "../core/unit.js";
import type { X86Cell } from "./x86-cell.js";

/** Class of service of the root cell, and of cells without a part of their own. */
const rootClass = 0;
const l3 = 3;
const rootShared = 1;

/** Parts of the L3 cache (hypervisor/arch/x86/cat.c). A processor that cannot divide it ignores them all. */
export class CacheAllocationUnit implements Unit {
  readonly name = "Cache Allocation Technology";
  /** What cells gave back that is not next to the root cell's part. */
  private freed = 0n;
  private original = 0n;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly stateOf: (cell: Cell) => X86Cell,
  ) {}

  mmioRegions(_cell: CellShape): number {
    return 0;
  }

  init(): void {
    this.initCell(this.hypervisor.rootCell);
    this.original = this.root.cacheMask;
  }

  private get root(): X86Cell {
    return this.stateOf(this.hypervisor.rootCell);
  }

  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { cacheAllocation } = hypervisor.machine;
    const state = this.stateOf(cell);
    state.cacheClass = rootClass;
    if (cacheAllocation === null) return;
    const [region] = cell.config.cacheRegions;
    if (region === undefined) {
      state.cacheMask = cell.isRoot ? maskOf(0, cacheAllocation.maxBit + 1) : this.root.cacheMask;
    } else {
      if (!cell.isRoot) state.cacheClass = this.freeClass(cell, cacheAllocation.classes);
      if (cell.config.cacheRegions.length !== 1 || !isPart(region, cacheAllocation.maxBit)) {
        throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/cat.c:161");
      }
      state.cacheMask = maskOf(region.start, region.size);
      this.takeFromRoot(cell, region, state.cacheMask);
    }
    hypervisor.print(
      `CAT: Using COS ${state.cacheClass} with bitmask ${hex8(state.cacheMask)} for cell ${cell.name}\n`,
    );
  }

  /** The lowest number that no cell uses; the cell itself still has that of the root cell. */
  private freeClass(cell: Cell, highest: number): number {
    const used = new Set(
      this.hypervisor.allCells.filter((each) => each !== cell).map((each) => this.stateOf(each).cacheClass),
    );
    let free = 0;
    while (used.has(free)) free++;
    if (free > highest) throw this.hypervisor.refusal("EBUSY", "hypervisor/arch/x86/cat.c:152");
    return free;
  }

  private takeFromRoot(cell: Cell, { flags }: CacheRegion, mask: bigint): void {
    if (cell.isRoot || (flags & rootShared) !== 0 || (this.root.cacheMask & mask) === 0n) return;
    if (!this.shrinkRoot(mask)) throw this.hypervisor.refusal("EINVAL", "hypervisor/arch/x86/cat.c:170");
  }

  /** The root cell's part stays in one piece: where it is cut in two, the lower one is set aside. */
  private shrinkRoot(mask: bigint): boolean {
    const { root } = this;
    if ((root.cacheMask & ~mask) === 0n) {
      if (this.freed === 0n) return false;
      root.cacheMask = 0n;
      this.mergeFreed();
    } else {
      root.cacheMask &= ~mask;
      const low = lowestRun(root.cacheMask);
      if ((root.cacheMask & ~low) !== 0n) {
        root.cacheMask &= ~low;
        this.freed |= low;
      }
    }
    this.hypervisor.print(`CAT: Shrunk root cell bitmask to ${hex8(root.cacheMask)}\n`);
    this.freed &= ~mask;
    return true;
  }

  /** Bits that are next to the root cell's part come back to it; if it has none, the lowest one does. */
  private mergeFreed(): boolean {
    const { root } = this;
    let updated = false;
    for (let bit = 0n; bit < 64n; bit++) {
      const mask = 1n << bit;
      const isNext = (root.cacheMask & ((mask << 1n) | (mask >> 1n))) !== 0n || root.cacheMask === 0n;
      if ((this.freed & mask) === 0n || !isNext) continue;
      root.cacheMask |= mask;
      this.freed &= ~mask;
      updated = true;
      bit = -1n;
    }
    return updated;
  }

  exitCell(cell: Cell): void {
    const { cacheClass, cacheMask } = this.stateOf(cell);
    if (cacheClass === rootClass) return;
    this.freed |= cacheMask & this.original;
    if (this.mergeFreed()) {
      this.hypervisor.print(`CAT: Extended root cell bitmask to ${hex8(this.root.cacheMask)}\n`);
    }
  }

  shutdown(): void {}
}

/** Start and size are added in 32 bits. */
function isPart({ type, start, size }: CacheRegion, maxBit: number): boolean {
  return type === l3 && size !== 0 && (start + size - 1) >>> 0 <= maxBit;
}

/** Shifts look at six bits of their counts, as the processor's do: a region whose end wraps gives a mask of some kind, too. */
function maskOf(first: number, size: number): bigint {
  const ones = 0xffff_ffff_ffff_ffffn >> BigInt((64 - (size % 64)) % 64);
  return BigInt.asUintN(64, ones << BigInt(first % 64));
}

function lowestRun(mask: bigint): bigint {
  let first = 0n;
  while (((mask >> first) & 1n) === 0n) first++;
  let end = first;
  while (((mask >> end) & 1n) === 1n) end++;
  return ((1n << (end - first)) - 1n) << first;
}

function hex8(mask: bigint): string {
  return mask.toString(16).padStart(8, "0");
}
