import type { MemoryRegion } from "../../../hypervisor/core/config/cell-config.js";

/** A number below `limit`, whole. */
export type Random = (limit: number) => number;

/** @param numbers below 2^32 */
export function randomOf(numbers: () => number): Random {
  return (limit) => Math.floor((numbers() / 2 ** 32) * limit);
}

const megabytes2 = 0x20_0000;
const gigabyte = 0x4000_0000;

const accessFlags = [0x1n, 0x3n, 0x5n, 0x7n, 0xfn, 0x2n, 0x4n, 0x0n] as const;
const commRegion = 0x20n;
const loadable = 0x40n;
const rootShared = 0x80n;
const noHugePages = 0x100n;

/** Memory regions of a cell: in the root cell's memory, around the ends of large pages, some of them trapped. */
export function randomRegions(random: Random, root: readonly MemoryRegion[]): readonly MemoryRegion[] {
  const regions: MemoryRegion[] = [];
  const trapped = new Set<number>();
  for (let count = 1 + random(7); count > 0; count--) {
    const isTrapped = random(5) === 0;
    // One trapped region a page of its own: what overlapping ones do is not plain.
    const slot = random(16);
    if (isTrapped && trapped.has(slot)) continue;
    if (isTrapped) trapped.add(slot);
    regions.push(isTrapped ? trappedRegion(random, slot) : wholePages(random, root));
  }
  return regions;
}

function trappedRegion(random: Random, slot: number): MemoryRegion {
  const start = BigInt(0xfed0_0000 + slot * 0x1000 + 0x100 * random(8));
  return { physStart: start, virtStart: start, size: BigInt(0x40 * (1 + random(8))), flags: 0xf_0003n };
}

function wholePages(random: Random, root: readonly MemoryRegion[]): MemoryRegion {
  const memory = root[random(root.length)]!;
  const edge = random(2) === 0 ? megabytes2 : 0x1000;
  const steps = Math.max(1, Math.floor(Number(memory.size) / edge));
  const start = Number(memory.physStart) + edge * random(steps);
  const physStart = BigInt(Math.max(0, start - (start % edge) + 0x1000 * (random(5) - 2)));
  const size = BigInt(
    [0x1000, 0x3000, 0x1_0000, megabytes2, megabytes2 + 0x3000, 2 * megabytes2][random(6)]!,
  );
  const virtual = [0, megabytes2, gigabyte, gigabyte + megabytes2, 0x7f_c000_0000][random(5)]!;
  const virtStart =
    random(3) === 0
      ? physStart
      : BigInt(Math.max(0, virtual + 0x1000 * (random(9) - 4) + megabytes2 * random(3)));
  const more = [0n, 0n, 0n, commRegion, loadable, rootShared, noHugePages, loadable | rootShared][random(8)]!;
  return { physStart, virtStart, size, flags: accessFlags[random(accessFlags.length)]! | more };
}

/** An address that means something: around the ends of a region, of the hypervisor's memory, and of windows. */
export function randomAddress(random: Random, bounds: readonly number[], size: number): number {
  const bound = bounds[random(bounds.length)]!;
  const address =
    random(4) === 0 ? bound + random(megabytes2) : bound + size * (random(16) - 8) + 0x1000 * (random(5) - 2);
  const aligned = Math.max(0, address) - (Math.max(0, address) % size);
  return Math.min(aligned, 2 ** 47);
}
