/** Bytes of one access. */
export type Width = 1 | 2 | 4 | 8;

/** What a CPU of a cell does. Addresses are those of the cell, numbers below 2^53; values fit into their width. */
export type Access =
  | { readonly kind: "read"; readonly address: number; readonly width: Width }
  | { readonly kind: "write"; readonly address: number; readonly width: Width; readonly value: bigint }
  | { readonly kind: "execute"; readonly address: number }
  | { readonly kind: "in"; readonly port: number; readonly width: 1 | 2 | 4 }
  | { readonly kind: "out"; readonly port: number; readonly width: 1 | 2 | 4; readonly value: bigint }
  | {
      readonly kind: "pci-read";
      /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
      readonly bdf: number;
      /** In the configuration space, 0 to 0xfff. */
      readonly offset: number;
      readonly width: 1 | 2 | 4;
    }
  | {
      readonly kind: "pci-write";
      readonly bdf: number;
      readonly offset: number;
      readonly width: 1 | 2 | 4;
      readonly value: bigint;
    }
  | { readonly kind: "hypercall"; readonly code: number; readonly first: number; readonly second: number }
  /** An interrupt for another CPU. @see Outcome for what `denied` is then */
  | { readonly kind: "ipi"; readonly cpu: number; readonly vector: number };

/**
 * What comes of an access: it is done, perhaps with one value that is wanted; or the hypervisor denies it. A CPU is parked by
 * what is denied to it, but for interrupts to CPUs of other cells, which are only dropped.
 */
export type Outcome =
  | { readonly kind: "ok" }
  | { readonly kind: "value"; readonly value: bigint }
  | { readonly kind: "denied" };

/** One line of a trace. */
export interface TraceStep {
  /** From 1. */
  readonly line: number;
  /** Nanoseconds since the trace began; null: right behind the line before. */
  readonly time: number | null;
  /** Null: the first CPU of the cell. */
  readonly cpu: number | null;
  readonly access: Access;
  readonly expected: Outcome;
  /** As it is written, without the comment. */
  readonly text: string;
}

/** What is wrong with a trace, and where. Lines and columns count from 1, columns in UTF-16 units. */
export interface TraceProblem {
  readonly line: number;
  readonly column: number;
  /** In UTF-16 units, at least 1. */
  readonly length: number;
  readonly message: string;
}

export interface Trace {
  readonly steps: readonly TraceStep[];
  readonly problems: readonly TraceProblem[];
  /** Problems that are not listed, since there were too many. */
  readonly leftOut: number;
}

/** A trace has no more lines, and a line no more characters. */
export const traceLimits = { lines: 100_000, columns: 400, problems: 20, seconds: 60 } as const;
