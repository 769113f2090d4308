import type { Clock } from "./requests.js";

/** A line of a text screen, as `cell stats` has them. */
export interface ShownLine {
  readonly text: string;
  readonly isReversed: boolean;
}

/** What a command has come to. Texts are those of `schema/text.ts`: any byte comes back. */
export interface CommandEnd {
  readonly kind: "end";
  readonly stdout: string;
  readonly stderr: string;
  /** Null where the command goes on, or never ends. */
  readonly exitCode: number | null;
  /** Why the machine does not go on; null while it does. */
  readonly hang: string | null;
  readonly ongoing: "console" | "stats" | null;
  /** What no real machine would say: why a program does not run; refusals with their places, where that was asked for. */
  readonly remarks: readonly string[];
}

export interface CellStatus {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly cpus: readonly number[];
}

/** What runs. */
export interface SimulationStatus {
  /** What the machine was made from; null before there is one. */
  readonly board: string | null;
  readonly architecture: string | null;
  readonly vendor: string | null;
  /** Of the configs that its driver takes. */
  readonly profile: string | null;
  readonly clock: Clock;
  /** Of the machine, in nanoseconds. */
  readonly time: number;
  readonly isEnabled: boolean;
  /** Why the machine does not go on; null while it does. */
  readonly hang: string | null;
  /** The root cell first. */
  readonly cells: readonly CellStatus[];
  /** What can be asked for as serial line. */
  readonly serialLines: readonly string[];
  /** Files that commands find besides those of the client. */
  readonly files: readonly string[];
}

/** The process that the simulation runs in. */
export interface DaemonStatus {
  readonly name: string;
  readonly pid: number;
  readonly clients: number;
  /** What it works on for more than a moment; null where it waits. */
  readonly busy: { readonly operation: string; readonly seconds: number } | null;
  /** Why the simulation is gone; null while it is there. */
  readonly end: string | null;
  /** Null while it does not answer, or is gone. */
  readonly simulation: SimulationStatus | null;
}

export type Answer =
  /** The command wants to know what is in a file, or that its bytes have been written. */
  | { readonly kind: "read"; readonly path: string }
  | { readonly kind: "write"; readonly path: string }
  | CommandEnd
  /** @property end the exit code where nothing more comes */
  | {
      readonly kind: "console";
      readonly text: string;
      readonly stderr: string;
      readonly exitCode: number | null;
    }
  | { readonly kind: "screen"; readonly lines: readonly ShownLine[]; readonly isOver: boolean }
  /** @property time of the machine now, in nanoseconds */
  | { readonly kind: "time"; readonly time: number }
  /** @property next where to ask from the next time; `missed` bytes before it are not kept any more */
  | { readonly kind: "serial"; readonly text: string; readonly next: number; readonly missed: number }
  | { readonly kind: "status"; readonly status: DaemonStatus }
  /** Of the thread to the daemon only. */
  | { readonly kind: "simulation"; readonly status: SimulationStatus }
  | { readonly kind: "stopping" }
  /** The request cannot be answered. */
  | { readonly kind: "error"; readonly message: string }
  /** The machine would hang: nothing comes back from what was asked for. */
  | { readonly kind: "hang"; readonly reason: string };

/** An answer, with bytes that go beside it. */
export interface Reply {
  readonly answer: Answer;
  readonly bytes?: Uint8Array;
}
