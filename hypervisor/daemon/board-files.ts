import type { Architecture } from "../machine/machine.js";
import type { Card } from "../simulation/cards.js";
import type { MachineFacts } from "../simulation/machine-facts.js";
import type { Clock } from "./requests.js";

/** The configs of a machine that somebody has compiled. */
export interface BoardFiles {
  /** As it was asked for. */
  readonly name: string;
  readonly system: NamedBytes;
  readonly cells: readonly NamedBytes[];
  readonly choices: BoardChoices;
}

/** What is chosen of a machine besides its configs: plain data. */
export interface BoardChoices {
  /** Id of the revision of the format; null: what the bytes say. */
  readonly profile: string | null;
  /** Null: what the bytes say, which revisions before 14 do not for ARM. */
  readonly architecture: Architecture | null;
  /** What is known of the machine itself; null: it has what its configs speak of. */
  readonly facts: MachineFacts | null;
  readonly cards: readonly Card[];
}

export const noChoices: BoardChoices = { profile: null, architecture: null, facts: null, cards: [] };

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
