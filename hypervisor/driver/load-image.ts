import { accessFlags } from "../core/access-flags.js";
import { type MemoryRegion, memory } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import { Refusal } from "../core/refusal.js";
import { BusError } from "../machine/bus-error.js";
import { rootFault } from "./root-fault.js";

/** A file or a text that is put into a cell's memory. */
export interface PreloadImage {
  readonly bytes: Uint8Array;
  /** As the cell sees it: 64 bits without a sign. */
  readonly address: bigint;
}

const needed = memory.write | memory.loadable;
const addressLimit = 2n ** 48n;

/**
 * Copies an image into a region of a cell, through what the root cell can reach (driver/cell.c:308-373). Nothing is copied of
 * an empty one.
 *
 * @throws Refusal EINVAL where the first region that holds the address cannot take all of it, EFAULT beyond all memory
 * @throws MachineHang where the root cell may not write: its CPU is parked
 * @throws BusError where no memory is, on ARM
 */
export function loadImage(
  hypervisor: Hypervisor,
  regions: readonly MemoryRegion[],
  { bytes, address }: PreloadImage,
): void {
  if (bytes.length === 0) return;
  const region = regions.find(({ virtStart, size }) => address >= virtStart && address - virtStart < size);
  if (region === undefined) throw new Refusal("EINVAL");
  const offset = address - region.virtStart;
  if (BigInt(bytes.length) > region.size - offset || (region.flags & needed) !== needed) {
    throw new Refusal("EINVAL");
  }
  // The place within the page is that of the offset, not of the address: regions begin with a page.
  const page = BigInt.asUintN(64, region.physStart + offset) & ~0xfffn;
  if (page + BigInt(bytes.length + pageSize) > addressLimit) throw new Refusal("EFAULT");
  copyAsRoot(hypervisor, Number(page) + Number(offset & 0xfffn), bytes);
}

function copyAsRoot(hypervisor: Hypervisor, start: number, bytes: Uint8Array): void {
  const tables = hypervisor.architecture.tablesOf(hypervisor.rootCell);
  for (let done = 0; done < bytes.length; ) {
    const at = start + done;
    const found = tables.translate(at, accessFlags.write);
    if (found === null) rootFault(hypervisor, at);
    const room = Math.min(pageSize - (at % pageSize), bytes.length - done);
    const { architecture: family, memory: physical } = hypervisor.machine;
    if (family !== "x86" && physical.gapIn(found.physical, room) !== null) throw new BusError(found.physical);
    hypervisor.machine.memory.writeBytes(found.physical, bytes.subarray(done, done + room));
    done += room;
  }
}
