import type { Trace } from "../trace/trace.js";

/** What something is about; both ends included. */
export type TrialTarget =
  /** Of policies: physical addresses. Of expectations: addresses as the cell has them. */
  | { readonly kind: "memory"; readonly from: bigint; readonly to: bigint }
  | { readonly kind: "ioports"; readonly from: number; readonly to: number }
  | {
      readonly kind: "device";
      /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
      readonly bdf: number;
      /** Of its configuration space; null for what tells whether the device is there. */
      readonly bytes: { readonly from: number; readonly to: number } | null;
    }
  /** As the controller counts: pins of I/O APICs on x86, 32 for the first SPI of a GIC. */
  | { readonly kind: "interrupt"; readonly from: number; readonly to: number }
  | { readonly kind: "cpus"; readonly from: number; readonly to: number }
  | { readonly kind: "hypercalls"; readonly from: number; readonly to: number };

export type TrialAccess = "read" | "write" | "execute" | "reach" | "call";

/** Who can do what to places of the machine, through whatever way: CPUs and devices of the cell count. */
export interface TrialPolicy {
  /** `only`: these cells and no others. */
  readonly who: "these" | "only";
  /** By their numbers in the setup; -1 is the root cell. */
  readonly cells: readonly number[];
  readonly can: boolean;
  readonly access: TrialAccess;
  readonly targets: readonly TrialTarget[];
  /** Places that are tried besides those that are chosen: where somebody thinks that it does not hold. */
  readonly suspects: readonly bigint[];
}

/** Accesses that cells' CPUs can make, or cannot. */
export interface TrialExpectation {
  readonly cells: readonly number[];
  readonly can: boolean;
  readonly access: TrialAccess;
  readonly targets: readonly TrialTarget[];
  /** Of each access, in bytes; null: any that there is. */
  readonly width: 1 | 2 | 4 | 8 | null;
}

export interface TrialRun {
  readonly cell: number;
  readonly trace: Trace;
}

export interface TrialRequest {
  readonly policies: readonly TrialPolicy[];
  readonly expectations: readonly TrialExpectation[];
  readonly runs: readonly TrialRun[];
}

/** Something that is otherwise than it should be. */
export interface Miss {
  /** Number of the cell; -1 is the root cell. */
  readonly cell: number;
  /** What was tried: `reading 1 byte of memory 0x1000`. */
  readonly tried: string;
  /** What should have come of it: `to be denied`. */
  readonly expected: string;
  /** What came of it: `goes through`. */
  readonly happened: string;
  /** Of a trace: the line, from 1; otherwise null. */
  readonly line: number | null;
  /** What the hypervisor printed meanwhile. */
  readonly consoleLines: readonly string[];
}

/** What came of one policy, expectation or trace. */
export interface Outcome {
  /** Accesses, or places, that were tried. */
  readonly tries: number;
  /** At most as many as are worth reading. */
  readonly misses: readonly Miss[];
}
