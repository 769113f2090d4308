import type { PciDevice } from "../../ir/pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { Interval } from "../facts/intervals.js";
import type { Spot } from "../spot.js";
import type { Rights } from "./access.js";

/** What makes the access. */
export type Agent =
  | { readonly kind: "cpu" }
  | { readonly kind: "device"; readonly device: PciDevice }
  /** Transactions in front of an SMMU or a PVU. */
  | { readonly kind: "stream"; readonly id: number };

/** An entry of a config and what it has to do with it. */
export interface Link {
  readonly at: Spot;
  readonly text: string;
}

/** A way to the target, or to a part of it. */
export interface Access {
  readonly cell: CheckedConfig;
  /** All agents of the cell that have this way; never empty. */
  readonly by: readonly Agent[];
  readonly rights: Rights;
  /** The part of the target that is reached. */
  readonly range: Interval;
  /** Where the agent sees the first byte; null for what is not memory. */
  readonly seenAt: bigint | null;
  /** Which of several: the chip of an interrupt. */
  readonly where?: string;
  /** Why it is so, the most telling entry first. */
  readonly chain: readonly Link[];
}

/** Agents of one way are of one kind. */
export function isByCpus({ by }: Pick<Access, "by">): boolean {
  return by[0]!.kind === "cpu";
}

/** Somebody whose config lists it, and who has lost it. */
export interface Loss {
  readonly cell: CheckedConfig;
  readonly to: CheckedConfig;
  readonly range: Interval;
  readonly chain: readonly Link[];
}

export interface Answer {
  /** In the order of cells, each ascending. */
  readonly accesses: readonly Access[];
  readonly losses: readonly Loss[];
}
