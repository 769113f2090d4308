import type { Cell } from "./cell.js";

/** A part of the hypervisor that looks after one kind of resource: units are initialized one after the other. */
export interface Unit {
  /** As the console tells it. */
  readonly name: string;
  /** For the root cell, when the hypervisor is enabled. */
  init(): void;
  initCell(cell: Cell): void;
  exitCell(cell: Cell): void;
  /** Slots that the unit needs in a cell's table of trapped regions. */
  mmioRegions(cell: CellShape): number;
  shutdown(): void;
}

/** What is known of a cell before it is there. */
export type CellShape = Pick<Cell, "config" | "isRoot">;
