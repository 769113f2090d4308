import type { Profile } from "../../schema/layout/types.js";
import type { Machine } from "../machine/machine.js";
import type { HypervisorBuild } from "./build.js";
import type { Cell } from "./cell.js";
import type { SystemConfig } from "./config/cell-config.js";
import type { HypervisorConsole } from "./console.js";
import type { TableFormat } from "./paging/table-format.js";
import type { HypervisorFault, MachineHang } from "./refusal.js";

/** What a hypervisor is made of. */
export interface HypervisorSetup {
  readonly machine: Machine;
  readonly build: HypervisorBuild;
  readonly config: SystemConfig;
  readonly console: HypervisorConsole;
  /** Highest CPU of the root cell + 1: so many get per-CPU data. */
  readonly maxCpus: number;
  readonly addresses: OwnAddresses;
  /** Tables of the hypervisor itself. */
  readonly ownTables: TableFormat;
  /** The revision of the format that cells have to have. */
  readonly profile: Profile;
  /** Tables of cells. */
  readonly cellTables: TableFormat;
  /** Pages of a cell's root table. */
  readonly rootTablePages: number;
  /** What goes on in the machine while the hypervisor waits. */
  readonly world: World;
  /** Prints each refusal with its place in upstream's sources, as a build for tracing does. */
  readonly traceErrors: boolean;
}

/** Where the hypervisor has things in its own address space; bits above its tables are left out. */
export interface OwnAddresses {
  readonly base: number;
  readonly remap: number;
  readonly temporary: bigint;
  /** Where the driver has mapped a console in memory. */
  readonly console: bigint;
}

/** The programs that run beside the hypervisor. */
export interface World {
  /**
   * Lets them go on for a moment while the hypervisor waits for a cell.
   *
   * @returns false if nothing will change any more
   */
  run(awaited: Cell): boolean;
  /** What has stopped the machine for good while programs ran; null or nothing while it goes on. */
  readonly end?: MachineHang | HypervisorFault | null;
}
