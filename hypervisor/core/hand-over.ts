import type { Cell } from "./cell.js";
import { isSubPage, type MemoryRegion } from "./config/cell-config.js";
import type { Hypervisor } from "./hypervisor.js";
import { SubPageHandler } from "./mmio/sub-page.js";
import { Refusal } from "./refusal.js";

/**
 * Takes the memory of a region from the root cell, at the place that the root cell has it at if it maps memory one to one.
 * A trapped region is removed as a whole, whatever part of it is taken (hypervisor/control.c:303-321).
 */
export function takeFromRoot({ architecture, rootCell }: Hypervisor, region: MemoryRegion): void {
  const own = { ...region, virtStart: region.physStart };
  if (isSubPage(own)) rootCell.mmio.unregister(own.virtStart);
  else architecture.unmap(rootCell, own);
}

/**
 * Gives the memory of a region back to the root cell: what of it the root cell's config has, with the flags and at the place
 * that stand there (hypervisor/control.c:323-364).
 *
 * @param mode what happens to a part that cannot be given back: the rest is not tried, or it is told
 */
export function returnToRoot(hypervisor: Hypervisor, region: MemoryRegion, mode: "abort" | "warn"): void {
  const { architecture, rootCell, wordBits } = hypervisor;
  for (const known of rootCell.config.memoryRegions) {
    const common = overlapOf(region, known, wordBits);
    if (common === null) continue;
    const part = {
      ...common,
      virtStart: wrapped(known.virtStart + common.physStart - known.physStart),
      flags: known.flags,
    };
    try {
      if (isSubPage(part)) trapSubPage(hypervisor, rootCell, part);
      else architecture.map(rootCell, part);
    } catch (error) {
      if (!(error instanceof Refusal) || mode === "abort") throw error;
      hypervisor.print("WARNING: Failed to re-assign memory region to root cell\n");
    }
  }
}

/**
 * The part of `region` that `known` holds, by physical addresses; all in 64 bits, as the hypervisor counts, but for the
 * address that it looks for, which is a word.
 */
function overlapOf(
  region: MemoryRegion,
  known: MemoryRegion,
  wordBits: 32 | 64,
): Pick<MemoryRegion, "physStart" | "size"> | null {
  if (isWithin(BigInt.asUintN(wordBits, region.physStart), known)) {
    const left = wrapped(known.size - (region.physStart - known.physStart));
    return { physStart: region.physStart, size: left < region.size ? left : region.size };
  }
  if (isWithin(BigInt.asUintN(wordBits, known.physStart), region)) {
    const left = wrapped(region.size - (known.physStart - region.physStart));
    return { physStart: known.physStart, size: left < known.size ? left : known.size };
  }
  return null;
}

function isWithin(address: bigint, { physStart, size }: MemoryRegion): boolean {
  return address >= physStart && address < wrapped(physStart + size);
}

function wrapped(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** Lets each access to a region be trapped; says so where the cell's table has no room. */
export function trapSubPage(hypervisor: Hypervisor, cell: Cell, region: MemoryRegion): void {
  const handler = new SubPageHandler(hypervisor, region);
  hypervisor.trap(cell, { start: region.virtStart, size: region.size, handler });
}

/** Gives a region to a cell: mapped, or trapped. */
export function giveToCell(hypervisor: Hypervisor, cell: Cell, region: MemoryRegion): void {
  if (isSubPage(region)) trapSubPage(hypervisor, cell, region);
  else hypervisor.architecture.map(cell, region);
}
