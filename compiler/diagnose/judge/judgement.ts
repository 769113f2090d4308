import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { CheckedSet } from "../../check/facts/checked-set.js";
import type { Change } from "../../check/fix.js";
import type { Link } from "../../check/reach/answer.js";
import type { Partition } from "../../check/reach/partition.js";
import type { Finding } from "../../check/run.js";
import type { Spot } from "../../check/spot.js";
import type { LogEvent } from "../log/event.js";
import type { DeniedAccess } from "../log/statement.js";

/** What an event is judged by. */
export interface Scene {
  readonly set: CheckedSet;
  /** All cells of the set, loaded and started. */
  readonly partition: Partition;
  /** Whose CPU, or device, it was; null where neither the log nor the user says it. */
  readonly cell: CheckedConfig | null;
  readonly event: LogEvent;
  /** What the rules say of the set. */
  readonly findings: readonly Finding[];
}

/** The same where the cell is known. */
export interface CellScene extends Scene {
  readonly cell: CheckedConfig;
}

/** An access that the config can be made to grant. */
export interface Offer {
  readonly title: string;
  readonly access: DeniedAccess;
  /** The first one that the source can be changed by is made. */
  readonly ways: readonly (readonly Change[])[];
}

/** What happened, and what decided it. */
export interface Judgement {
  /** Why it was not allowed: the end of the message. */
  readonly but: string;
  /** The nearest entry; null where the config has none. */
  readonly at: Spot | null;
  readonly label?: string;
  readonly also?: readonly Link[];
  readonly notes?: readonly string[];
  readonly help?: string;
  readonly offers?: readonly Offer[];
  /** Why nothing is offered, although an entry would grant it. */
  readonly withheld?: readonly string[];
}
