import type { Cell } from "./cell.js";

/** What the hypervisor keeps of a CPU. */
export class HypervisorCpu {
  cell: Cell | null = null;
  /** It has left the bounds of its cell, and waits for the next start. */
  failed = false;
  /** It spins in the hypervisor until a management operation is over. */
  suspended = false;
  /** The hypervisor itself has given it up: nothing but a reset brings it back. */
  stopped = false;
  /** What its next call to disable comes to, once a CPU of the root cell has asked; null before. */
  disabling: "started" | "refused" | null = null;
  /** Why it does not survive the next way into the hypervisor; null while it does. */
  lost: string | null = null;
  /** Counters by their number in `JAILHOUSE_CPU_STAT_*`. */
  readonly counters = new Uint32Array(16);

  constructor(
    readonly id: number,
    readonly hardwareId: number,
  ) {}
}

/** Counters that every architecture has (include/jailhouse/hypercall.h). */
export const counters = { total: 0, mmio: 1, management: 2, hypercall: 3 } as const;
