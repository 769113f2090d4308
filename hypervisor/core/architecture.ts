import type { Cell } from "./cell.js";
import type { MemoryRegion } from "./config/cell-config.js";
import type { HypervisorCpu } from "./cpu.js";
import type { LinkInterrupts } from "./ivshmem/link-interrupts.js";
import type { PageTables } from "./paging/page-tables.js";
import type { Unit } from "./unit.js";

/** What is particular to a processor architecture. Operations may be refused (`Refusal`). */
export interface Architecture {
  readonly units: readonly Unit[];
  /** How many counters each CPU has. */
  readonly counters: number;
  readonly linkInterrupts: LinkInterrupts;
  /** CPUs begin to run the hypervisor's image, before it prints anything. */
  enter(): void;
  /** Once, by the first CPU; the root cell is there. */
  initEarly(): void;
  /** For each CPU; prints its part of the line that tells of it. */
  initCpu(cpu: HypervisorCpu): void;
  createCell(cell: Cell): void;
  destroyCell(cell: Cell): void;
  map(cell: Cell, region: MemoryRegion): void;
  unmap(cell: Cell, region: MemoryRegion): void;
  /** Makes changes take effect. @param changed the cell that came or went, or null */
  commit(changed: Cell | null): void;
  /** Before a cell starts: its part of the communication region, and its interrupts. */
  resetCell(cell: Cell): void;
  /** The CPU waits for a start that only the hypervisor can give. */
  parkCpu(cpu: HypervisorCpu): void;
  /** The CPU begins anew at the reset address of its cell. */
  resetCpu(cpu: HypervisorCpu): void;
  /** A CPU is to be suspended that the hypervisor has given up: that succeeds, or the machine hangs. */
  suspendStopped(cpu: HypervisorCpu): void;
  /** Flags of memory that a cell can read. */
  readonly readable: number;
  /** Tables of what the cell's CPUs reach. */
  tablesOf(cell: Cell): PageTables;
  /** A CPU that has left its cell's bounds stops running the cell's program. */
  parkFailed(cpu: HypervisorCpu): void;
  /** CPUs see to what the hypervisor wants of them since the last time, in ascending order. */
  handleEvents(): void;
  prepareShutdown(): void;
  /** After a failed enabling, CPUs go back to the kernel: what fails there stops the machine. */
  restoreCpus(): void;
}
