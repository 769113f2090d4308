import type { Cell } from "../core/cell.js";
import type { PageTables } from "../core/paging/page-tables.js";
import type { ArmCpu } from "./arm-cpu.js";
import type { PvuEntry } from "./iommu/pvu-entries.js";

/** What only cells of ARM have. */
export interface ArmCell {
  readonly tables: PageTables;
  /** Address of the root table's pages. */
  readonly rootAddress: number;
  /** Bit n % 32 of word n / 32: interrupt n is the cell's. */
  readonly interrupts: Uint32Array;
  /** What devices behind a PVU are to reach, until it is programmed; null before the unit has been there. */
  pvuEntries: PvuEntry[] | null;
  /** Page for them; null without one. */
  pvuPage: number | null;
}

/** Where units find what the architecture keeps of cells and CPUs. */
export interface ArmParts {
  cell(cell: Cell): ArmCell;
  cpu(id: number): ArmCpu;
}

/** Words of a map of all 1024 interrupts. */
export const interruptWords = 32;

/** Shared interrupts begin here; those below are SGIs and PPIs of each CPU. */
export const firstShared = 32;

/** @param irq any number: there are 1024 at most */
export function hasInterrupt({ interrupts }: ArmCell, irq: number): boolean {
  return irq < 32 * interruptWords && ((interrupts[irq >> 5]! >>> (irq & 31)) & 1) === 1;
}

/** Of 16 to 1019 those that are shared (arch/arm-common/include/asm/gic.h:42). */
export function isShared(irq: number): boolean {
  return irq >= firstShared && irq < 1020;
}
