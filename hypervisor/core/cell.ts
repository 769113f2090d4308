import type { CellConfig } from "./config/cell-config.js";
import type { MmioTable } from "./mmio/mmio-table.js";

/** States of a cell, as its communication region says them (include/jailhouse/hypercall.h:69-76). */
export const cellStates = {
  running: 0,
  runningLocked: 1,
  shutDown: 2,
  failed: 3,
  failedCommRevision: 4,
} as const;

/** A cell that the hypervisor knows. */
export class Cell {
  /** CPUs it has now: those of a new cell are taken from the root cell. */
  readonly cpus = new Set<number>();
  /** The root cell may write to the cell's loadable memory. */
  loadable = false;
  /** Gives back what the cell took before any of its resources. */
  free: () => void = () => {};

  constructor(
    readonly config: CellConfig,
    readonly isRoot: boolean,
    /** Physical address of the communication page. */
    readonly commPage: number,
    /** Pages of the pool that hold the cell; null for the root cell, which is part of the image. */
    readonly dataPages: { readonly first: number; readonly count: number } | null,
    readonly mmio: MmioTable,
  ) {}

  get name(): string {
    return this.config.name;
  }
}
