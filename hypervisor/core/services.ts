import type { Machine } from "../machine/machine.js";
import type { Cell } from "./cell.js";
import type { SystemConfig } from "./config/cell-config.js";
import type { Denials } from "./decide/denials.js";
import type { Errno } from "./errno.js";
import type { LinkInterrupts } from "./ivshmem/link-interrupts.js";
import type { MappedRegisters } from "./mapped-registers.js";
import type { MmioRegion } from "./mmio/mmio-table.js";
import type { PageTables } from "./paging/page-tables.js";
import type { Refusal } from "./refusal.js";
import type { HypervisorSetup } from "./setup.js";

/** What the hypervisor does for those parts of it that look after devices and links: they do not see the whole of it. */
export interface HypervisorServices {
  readonly machine: Machine;
  readonly setup: HypervisorSetup;
  /** Bits of an `unsigned long`, which most addresses are kept in. */
  readonly wordBits: 32 | 64;
  readonly config: SystemConfig;
  /** Of the hypervisor itself. */
  readonly ownTables: PageTables;
  readonly denials: Denials;
  readonly hasRootCell: boolean;
  readonly rootCell: Cell;
  readonly architecture: { readonly linkInterrupts: LinkInterrupts };
  print(text: string): void;
  refusal(errno: Errno, source: string): Refusal;
  takePages(count: number): number;
  freePages(address: number, count: number): void;
  mapRegisters(physical: bigint, size: number): MappedRegisters;
  trap(cell: Cell, region: MmioRegion): void;
  stopCpu(): never;
}
