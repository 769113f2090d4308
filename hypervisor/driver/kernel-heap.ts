import { accessFlags } from "../core/access-flags.js";
import { isSubPage, type MemoryRegion, memory } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";

const accessFlagsOfRam = memory.read | memory.write;
const otherFlags = memory.io | memory.commRegion | memory.rootShared;
const addressLimit = 2n ** 48n;

/**
 * Memory of the root cell's kernel: the highest pages of its largest region of RAM that the root cell can read and write now.
 * Where cells have taken the end of the region, it is looked for below each of them.
 *
 * @param size in bytes
 * @returns an address as the root cell sees it; null where no region has so many pages
 */
export function heapAddress(hypervisor: Hypervisor, size: number): number | null {
  const pages = Math.max(1, Math.ceil(size / pageSize));
  const taken = hypervisor.cells.flatMap(({ config }) => config.memoryRegions.map((each) => each.physStart));
  for (const region of ramRegions(hypervisor)) {
    const end = region.physStart + region.size;
    const limits = [end, ...taken.filter((start) => start > region.physStart && start < end)];
    for (const limit of limits.sort((one, other) => (one < other ? 1 : -1))) {
      const start = Number(limit) - (Number(limit) % pageSize) - pages * pageSize;
      if (start < Number(region.physStart)) continue;
      const address = Number(region.virtStart) + start - Number(region.physStart);
      if (isFree(hypervisor, address, start, pages)) return address;
    }
  }
  return null;
}

/** What can be executed first, then the largest; of equal ones the first. */
function ramRegions({ rootCell }: Hypervisor): readonly MemoryRegion[] {
  return rootCell.config.memoryRegions
    .filter(
      (region) =>
        (region.flags & accessFlagsOfRam) === accessFlagsOfRam &&
        (region.flags & otherFlags) === 0n &&
        !isSubPage(region) &&
        region.physStart + region.size <= addressLimit &&
        region.virtStart + region.size <= addressLimit,
    )
    .sort(
      (one, other) =>
        Number(other.flags & memory.execute) - Number(one.flags & memory.execute) ||
        (one.size === other.size ? 0 : one.size < other.size ? 1 : -1),
    );
}

function isFree(hypervisor: Hypervisor, address: number, physical: number, pages: number): boolean {
  const { architecture, machine, rootCell } = hypervisor;
  const tables = architecture.tablesOf(rootCell);
  const wanted = architecture.readable | accessFlags.write;
  for (let offset = 0; offset < pages * pageSize; offset += pageSize) {
    const found = tables.translate(address + offset, wanted);
    if (found === null || found.physical !== physical + offset) return false;
    if (!machine.memory.isMemory(found.physical / pageSize)) return false;
  }
  return true;
}
