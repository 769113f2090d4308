import type { MemoryRegion, PciDevice } from "../core/config/cell-config.js";

/** What the driver keeps of a cell: copies of the config, made before the hypervisor judges it (driver/cell.c:47-114). */
export interface DriverCell {
  readonly id: number;
  readonly name: string;
  /** CPUs that Linux counts as the cell's; the root cell's set shrinks and grows. */
  readonly cpus: Set<number>;
  readonly memoryRegions: readonly MemoryRegion[];
  readonly pciDevices: readonly PciDevice[];
}

/** How a command names a cell: by its number, or with `unusedId` by its name (driver/jailhouse.h). */
export interface CellId {
  /** 32 bits with a sign. */
  readonly id: number;
  readonly name: string;
}

export const unusedId = -1;
