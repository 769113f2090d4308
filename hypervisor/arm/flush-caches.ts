import type { Cell } from "../core/cell.js";
import { memory } from "../core/config/cell-config.js";
import { MachineHang } from "../core/refusal.js";

/** So many bytes take hours, 64K by 64K. */
const endless = 2n ** 50n;

/**
 * Memory of a cell that starts or ends is taken out of the caches: nothing is seen of it but the time
 * (arch/arm-common/mmu_cell.c:77). Processors of 32 bits count sizes in 32 bits.
 */
export function flushCaches({ config, name }: Cell, is64Bit: boolean): void {
  if (!is64Bit) return;
  const isMemory = (flags: bigint): boolean => (flags & (memory.io | memory.commRegion)) === 0n;
  if (config.memoryRegions.some(({ flags, size }) => isMemory(flags) && size >= endless)) {
    throw new MachineHang(`the hypervisor takes the memory of cell "${name}" out of the caches, for hours`);
  }
}
