import type { PlatformFamily } from "../../schema/codec/union-views.js";
import type { WireTable } from "../../schema/codec/wire.js";
import type { Console } from "./console.js";
import type { Cpus } from "./cpu-set.js";
import type { Irqchip, IrqLine } from "./irq.js";
import type { CacheRegion, MemoryRegion } from "./memory.js";
import type { FlagSet } from "./names.js";
import type { IrNode, Origins } from "./node.js";
import type { PciCapability, PciDevice } from "./pci.js";
import type { Platform } from "./platform.js";
import type { PortIo } from "./port-io.js";

/**
 * One model for all revisions of the format and its forks. 64-bit quantities are bigints; flags and choices go by
 * name (`names.ts`). What a revision does not have is zero, empty or null.
 */

/** A number: the value of an architecture byte that has no name. */
export type Architecture = "x86" | "arm" | "arm64" | "riscv64" | number;

export type Config = SystemConfig | CellConfig;

interface ConfigFile {
  /** The profile the config was read in; `extra`, `residue` and unknown flag bits speak its language. */
  readonly profile: string;
  /** Null before revisions (2016). */
  readonly revision: number | null;
  /** Null where the format does not say (before revision 14). */
  readonly architecture: Architecture | null;
  /**
   * The machines it is for: those of the architecture or, where the format does not say, what the config looks like.
   * Null for an architecture without a name.
   */
  readonly family: PlatformFamily | null;
  /** Bytes behind the last table: those that the counts do not cover. */
  readonly trailing: Uint8Array;
}

/** The machine, the hypervisor, and the root cell (`jailhouse_system`). */
export interface SystemConfig extends IrNode, ConfigFile {
  readonly kind: "system";
  /** `JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE`. */
  readonly flags: FlagSet;
  readonly hypervisorMemory: MemoryRegion;
  /** Null before October 2014. */
  readonly debugConsole: Console | null;
  /** Null before July 2014. */
  readonly platform: Platform | null;
  readonly rootCell: CellDescription;
}

/** A cell other than the root cell (`jailhouse_cell_desc`). */
export interface CellConfig extends CellDescription, ConfigFile {
  readonly kind: "cell";
}

/** What a cell is made of. */
export interface CellDescription extends IrNode {
  /** Up to 31 bytes of UTF-8, as `schema/text.ts` decodes them. */
  readonly name: string;
  /** Assigned by the driver at run time: 0 in configs. */
  readonly id: number;
  /** `JAILHOUSE_CELL_PASSIVE_COMMREG`, ... */
  readonly flags: FlagSet;
  readonly cpus: Cpus;
  readonly memoryRegions: readonly MemoryRegion[];
  readonly cacheRegions: readonly CacheRegion[];
  readonly irqchips: readonly Irqchip[];
  /** Until June 2014, instead of `irqchips`. */
  readonly irqLines: readonly IrqLine[];
  readonly portIo: PortIo;
  readonly pciDevices: readonly PciDevice[];
  readonly pciCapabilities: readonly PciCapability[];
  readonly streamIds: readonly StreamId[];
  /** Interrupt that the virtual PCI host controller's INTA arrives at. */
  readonly vpciIrqBase: number;
  /** Where the cell's CPUs start (ARM). */
  readonly cpuResetAddress: bigint;
  /** How long the hypervisor waits for the cell's answer, in loops of its own; 0: for ever. */
  readonly msgReplyTimeout: bigint;
  /** The console that inmates use; null before revision 10. */
  readonly console: Console | null;
  /** Tables that only forks have, by the name of the table. */
  readonly extraTables: Readonly<Record<string, WireTable>>;
  /** Where tables as a whole stand, by the name of the field that holds them. */
  readonly tableOrigins: Origins;
}

/** A stream of transactions in front of an SMMU, since revision 12. */
export interface StreamId extends IrNode {
  /** 32 bits; MMU-500 splits them into id (low half) and, see `mayHoldMask`, mask (high half). */
  readonly id: number;
  /**
   * Where the high half may be a mask: since 1dc6b9c0 (December 2020, within revision 13). Before, the id of an MMU-500
   * was the low half, and one mask for all ids stood with the IOMMU.
   */
  readonly mayHoldMask: boolean;
}

/** The cell that a config describes: itself, or its root cell. */
export function cellOf(config: Config): CellDescription {
  return config.kind === "system" ? config.rootCell : config;
}

/** The family that an architecture belongs to; null for one without a name. */
export function familyOfName(architecture: Architecture): PlatformFamily | null {
  if (typeof architecture === "number") return null;
  return architecture === "arm64" ? "arm" : architecture === "riscv64" ? "riscv" : architecture;
}
