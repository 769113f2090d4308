/** How the hypervisor maps memory for the PVU of TI's K3 machines (hypervisor/arch/arm64/ti-pvu.c). */

import type { CheckedConfig } from "./checked-config.js";
import { pageSize, type Region } from "./region.js";

/** Entries that a cell can have: as many as the hypervisor's list of them has in a page. */
export const maxPvuEntries = 128;

/** What one entry maps: the largest that fits is taken. */
const entrySizes = [
  16n << 30n,
  1n << 30n,
  512n << 20n,
  32n << 20n,
  2n << 20n,
  64n << 10n,
  16n << 10n,
  4n << 10n,
];

/** Regions that devices of the cell reach, in the order in which they are mapped. Trapped ones are not mapped. */
export function pvuRegionsOf({ regions }: CheckedConfig): readonly Region[] {
  return regions.filter(({ isMapped, dma }) => isMapped && dma);
}

/**
 * How many entries a region takes.
 *
 * @param room entries that are left: one more than these is returned where the region takes more
 * @returns undefined where no entry fits, since the physical address is within a page
 */
export function pvuEntriesOf({ node }: Region, room: number): number | undefined {
  const { physStart, virtStart, size } = node;
  if (physStart % pageSize !== 0n) return undefined;
  let entries = 0;
  for (let done = 0n; done < size && entries <= room; entries++) {
    const place = (physStart + done) | (virtStart + done);
    done += entrySizes.find((entry) => place % entry === 0n && size - done >= entry)!;
  }
  return entries;
}
