import type { CellAccess } from "./access.js";

/**
 * Tables of a config by the names that they have on the wire (schema/codec/wire.ts), and parts of its header: `flags` of the
 * cell, `hypervisor_memory` of the system.
 */
export type ConfigTable =
  | "cpus"
  | "mem_regions"
  | "irqchips"
  | "pio_regions"
  | "pci_devices"
  | "pci_caps"
  | "stream_ids"
  | "flags"
  | "hypervisor_memory";

/**
 * What an entry has to do with a verdict.
 *
 * `lacks`: it is the one for this place, and does not have what is asked for. `absent`: no entry of the table is for this
 * place. `crossed`: it has the first byte of the access, and ends before the last one. `overlaps`: it is trapped, as another
 * one at the same place is, and hides that from the hypervisor's search. `lost`: an entry of the root cell that would grant it,
 * if nothing had been taken. `took`: the entry of the cell that took it.
 *
 * Roles of entries that did not decide: `below` and `above` are the nearest ones, `has` is for the place (another cell's, too),
 * `hidden` would grant it, but a later one lies over it.
 */
export type Role =
  | "lacks"
  | "absent"
  | "crossed"
  | "overlaps"
  | "lost"
  | "took"
  | "below"
  | "above"
  | "has"
  | "hidden";

/** An entry of a config. */
export interface DecidingEntry {
  /** Name of the cell that has the config; of the root cell for the system. */
  readonly cell: string;
  readonly isRoot: boolean;
  readonly table: ConfigTable;
  /** In its table, from 0 on: the number of a CPU in `cpus`; null for the table as a whole, and in the header. */
  readonly index: number | null;
  readonly role: Role;
  /** Flags and fields that an entry would have to have: `JAILHOUSE_MEM_WRITE`, `pin 5`. */
  readonly lacks: readonly string[];
}

/**
 * `granted`: the config lets the access through. `denied`: the hypervisor parks the CPU, or blocks the device. `dropped`: it
 * has no effect, or reads as if nothing were there, and the cell goes on.
 */
export type Verdict = "granted" | "denied" | "dropped";

/** What the configs say to an access. */
export interface Decision {
  readonly verdict: Verdict;
  /** What the access is for the hypervisor: of memory where a configuration space lies, one of that. */
  readonly access: CellAccess;
  /** Those that decided, the most important one first; empty where no entry of any config could grant it. */
  readonly entries: readonly DecidingEntry[];
  /** Others that help to understand it. */
  readonly near: readonly DecidingEntry[];
  /** One sentence: `mem_regions[3] of cell "demo" lacks JAILHOUSE_MEM_WRITE`. */
  readonly text: string;
}
