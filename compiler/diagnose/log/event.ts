import type { Statement } from "./statement.js";

/** A line of the log. */
export interface LogLine {
  /** From 1 on. */
  readonly number: number;
  /** Without colours and control characters. */
  readonly text: string;
}

/** What happened once, put together from the lines that speak of it. */
export interface LogEvent {
  /** Null for a line that is known to report a fault, and is cut off or of another hypervisor. */
  readonly statement: Statement | null;
  /** The line that says it. */
  readonly line: LogLine;
  /** Other lines on the same fault: what the decoder said before it, what the hypervisor made of it. */
  readonly also: readonly { readonly statement: Statement; readonly line: LogLine }[];
  /** Those of which the log says it, as it numbers them, the first one first. */
  readonly cpus: readonly number[];
  /** By its name; null where the log does not say it. */
  readonly cell: string | null;
  /** A parked CPU waits for the cell to be started again, a stopped one for a reset of the machine. */
  readonly end: "parked" | "stopped" | null;
  /** Registers of the dump by their names in lower case: `rip`, `pc`, `rcx`, `esr`. */
  readonly registers: ReadonlyMap<string, bigint>;
  /** How many times the log has it. */
  readonly times: number;
}

export interface ReadLog {
  /** Each once, in the order of their first lines. */
  readonly events: readonly LogEvent[];
  /** Lines that were read. */
  readonly lines: number;
  /** Events that were left out, since there are too many different ones. */
  readonly leftOut: number;
}
