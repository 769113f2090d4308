import type { AccessSize } from "../../machine/physical-memory.js";

/** An access of a cell's CPU to an address that is not mapped. */
export interface MmioAccess {
  /** From the start of the region that answers. */
  readonly offset: number;
  readonly size: AccessSize;
  /** What is written, with all bits of the register it comes from; null for a read. */
  readonly written: bigint | null;
}

/**
 * What a trapped region says to an access: a value for a read, `done` for a write, `denied` after it has printed why; the
 * CPU is parked then.
 */
export type MmioAnswer = bigint | "done" | "denied";

export interface MmioHandler {
  /** What it is, for those who list a cell's regions. */
  readonly kind: string;
  access(access: MmioAccess, cpu: number): MmioAnswer;
}
