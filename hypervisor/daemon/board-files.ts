import type { Clock } from "./requests.js";

/** The configs of a machine that somebody has compiled. */
export interface BoardFiles {
  /** As it was asked for. */
  readonly name: string;
  readonly system: NamedBytes;
  readonly cells: readonly NamedBytes[];
}

export interface NamedBytes {
  /** As commands of the tool name it: `qemu-x86.cell`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a simulation is started with. */
export interface SimulationOptions {
  /** Null: the machine is made from the first system config that is enabled. */
  readonly board: BoardFiles | null;
  readonly clock: Clock;
  /** Tells refusals that are silent on a real machine. */
  readonly tracesErrors: boolean;
}
