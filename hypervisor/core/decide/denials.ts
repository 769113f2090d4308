import { decodeText } from "../../../schema/text.js";
import type { Cell } from "../cell.js";
import type { HypervisorConsole } from "../console.js";
import type { CellAccess } from "./access.js";

/**
 * What an access that was not allowed ends with: the CPU is parked until the next start of its cell, or stopped until a reset;
 * or the cell goes on, and the hypervisor says what happened, or nothing.
 */
export type Outcome = "parked" | "stopped" | "told" | "silent";

/** An access of a cell that was not allowed, at the moment when that comes out. */
export interface Denial {
  readonly cell: Cell;
  /** As Linux numbers it; null for an access of a device. */
  readonly cpu: number | null;
  /** What the CPU has done. */
  readonly access: CellAccess;
  /** What it was that the hypervisor refused, if it knows that better than the configs say. */
  readonly cause: CellAccess | null;
  readonly outcome: Outcome;
  /** What the console says of it, without the registers. */
  readonly text: string;
}

/** Where those parts of the hypervisor that refuse something say so. Nobody has to listen. */
export class Denials {
  listener: ((denial: Denial) => void) | null = null;
  private start = 0;
  private cause: CellAccess | null = null;

  constructor(private readonly console: HypervisorConsole) {}

  /** A CPU comes into the hypervisor: what is printed from now on is about what it tries. */
  begin(): void {
    this.start = this.console.tail;
    this.cause = null;
  }

  /** What will be refused: the next denial is of that. */
  note(cause: CellAccess): void {
    this.cause = cause;
  }

  /** The same, if no one has said more closely what it is. */
  noteUnlessKnown(cause: CellAccess): void {
    this.cause ??= cause;
  }

  tell(cell: Cell, cpu: number | null, access: CellAccess, outcome: Outcome): void {
    const cause = this.cause;
    this.cause = null;
    if (this.listener === null) return;
    const text = outcome === "silent" ? "" : decodeText(this.console.bytesFrom(this.start));
    this.start = this.console.tail;
    this.listener({ cell, cpu, access, cause, outcome, text });
  }
}
