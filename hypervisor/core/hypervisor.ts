import type { Machine } from "../machine/machine.js";
import type { Architecture } from "./architecture.js";
import type { Cell } from "./cell.js";
import type { SystemConfig } from "./config/cell-config.js";
import { HypervisorCpu } from "./cpu.js";
import { Denials } from "./decide/denials.js";
import { HandOvers } from "./decide/hand-overs.js";
import type { Errno } from "./errno.js";
import { MappedRegisters } from "./mapped-registers.js";
import { type MmioRegion, MmioTable } from "./mmio/mmio-table.js";
import { PagePool } from "./page-pool.js";
import { PageTables } from "./paging/page-tables.js";
import { pageSize, pagesOf } from "./paging/table-format.js";
import { PciLayer } from "./pci/pci-layer.js";
import { MachineHang, Refusal } from "./refusal.js";
import type { HypervisorServices } from "./services.js";
import type { HypervisorSetup, World } from "./setup.js";

export { pagesOf } from "./paging/table-format.js";
export type { HypervisorSetup, OwnAddresses, World } from "./setup.js";

/** Pages of address space in which the hypervisor maps devices: 512M (hypervisor/include/jailhouse/paging.h:28). */
const remapPages = 131_072;

/** A hypervisor that is being enabled, or is: its memory, its CPUs and its cells. */
export class Hypervisor implements HypervisorServices {
  /** Bits of an `unsigned long`, which most addresses are kept in. */
  readonly wordBits: 32 | 64;
  readonly pool: PagePool;
  readonly remapPool: PagePool;
  readonly ownTables: PageTables;
  readonly cpus = new Map<number, HypervisorCpu>();
  /** In the order of their creation, without the root cell. */
  readonly cells: Cell[] = [];
  /** Of CPUs that wait for a start. */
  parkingTables: PageTables | null = null;
  readonly architecture: Architecture;
  readonly pci: PciLayer;
  /** What cells were not allowed to do. */
  readonly denials: Denials;
  /** What the root cell has lost and got back. */
  readonly handOvers = new HandOvers();
  /** The CPU whose call is being worked on. */
  currentCpu = 0;
  isShutDown = false;
  /** Told when a CPU is called into the hypervisor, by an NMI on x86: whoever runs the CPUs counts it. */
  onCallIn: (cpu: HypervisorCpu) => void = () => {};
  private root: Cell | null = null;

  constructor(
    readonly setup: HypervisorSetup,
    architecture: (hypervisor: Hypervisor) => Architecture,
  ) {
    const { build, config, machine } = setup;
    const size = Number(config.hypervisorMemory.size);
    const first = (this.memoryStart + build.coreSize) / pageSize;
    const pages = Math.max(0, Math.floor((size - build.coreSize) / pageSize));
    this.wordBits = machine.architecture === "arm" ? 32 : 64;
    this.pool = new PagePool(pages, first, this.wordBits, (page) => machine.memory.clearPage(first + page));
    this.remapPool = new PagePool(remapPages, setup.addresses.remap / pageSize);
    this.ownTables = new PageTables(setup.ownTables, this.pool, null);
    this.denials = new Denials(setup.console);
    this.pci = new PciLayer(this);
    this.architecture = architecture(this);
  }

  get machine(): Machine {
    return this.setup.machine;
  }

  get world(): World {
    return this.setup.world;
  }

  get config(): SystemConfig {
    return this.setup.config;
  }

  /** Physical address of the hypervisor's memory. */
  get memoryStart(): number {
    return Number(this.setup.config.hypervisorMemory.physStart);
  }

  get rootCell(): Cell {
    return this.root!;
  }

  get hasRootCell(): boolean {
    return this.root !== null;
  }

  set rootCell(cell: Cell) {
    this.root = cell;
  }

  get allCells(): readonly Cell[] {
    return [this.rootCell, ...this.cells];
  }

  print(text: string): void {
    this.setup.console.print(text);
  }

  /** @param event that it is told for */
  printPoolUsage(event: string): void {
    const { pool, remapPool } = this;
    const usage = `mem ${pool.used}/${pool.pages}, remap ${remapPool.used}/${remapPool.pages}`;
    this.print(`Page pool usage ${event}: ${usage}\n`);
  }

  /**
   * To throw where something is given up by one of the checks that a build for tracing tells.
   *
   * @param source of the check in upstream's tree, `hypervisor/control.c:249`
   */
  refusal(errno: Errno, source: string): Refusal {
    if (this.setup.traceErrors) this.print(`${source}: returning error -${errno}\n`);
    return new Refusal(errno, source);
  }

  /** Pages of the pool by their physical address; ENOMEM without them, or if none is wanted. */
  takePages(count: number, alignment = 1): number {
    const page = this.pool.take(count, alignment);
    if (page === null) throw new Refusal("ENOMEM");
    return (this.pool.base + page) * pageSize;
  }

  freePages(address: number, count: number): void {
    if (count > 0) this.pool.free(address / pageSize - this.pool.base, count);
  }

  /**
   * Maps registers for the hypervisor itself.
   *
   * @returns what takes the mapping away again
   */
  mapDevice(physical: bigint, size: number): () => void {
    const { release } = this.mapRegisters(physical, size);
    return release;
  }

  /** Like {@link mapDevice}, for registers that are reached through the mapping. ENOMEM for none, or too many. */
  mapRegisters(physical: bigint, size: number): MappedRegisters {
    const count = pagesOf(size);
    const page = this.remapPool.take(count);
    if (page === null) throw new Refusal("ENOMEM");
    const virtual = BigInt(this.remapPool.base + page) * BigInt(pageSize);
    const release = (): void => this.remapPool.free(page, count);
    try {
      this.ownTables.create(physical, BigInt(size), virtual, 3, "huge");
    } catch (error) {
      release();
      throw error;
    }
    return new MappedRegisters(this, Number(virtual), () => {
      this.ownTables.destroy(virtual, BigInt(size));
      release();
    });
  }

  /** Lets accesses to a region be answered by a handler; says so where the cell's table has no room (hypervisor/mmio.c:91). */
  trap(cell: Cell, region: MmioRegion): void {
    if (!cell.mmio.register(region)) this.print("WARNING: Overflow during MMIO region registration!\n");
  }

  /** A table of trapped regions with room for what units and config need; ENOMEM for none at all (hypervisor/mmio.c:44). */
  mmioTableOf(slots: number): { readonly table: MmioTable; readonly free: () => void } {
    const pages = pagesOf(slots * this.setup.build.mmioSlotSize);
    const address = this.takePages(pages);
    return { table: new MmioTable(slots, this.wordBits), free: () => this.freePages(address, pages) };
  }

  /** The hypervisor gives up the CPU that it works on, for good. */
  stopCpu(): never {
    const cpu = this.cpu(this.currentCpu);
    this.print(`Stopping CPU ${cpu.id} (Cell: "${cpu.cell?.name ?? "<UNSET>"}")\n`);
    cpu.stopped = true;
    throw new MachineHang(`the hypervisor has stopped CPU ${cpu.id} for good`);
  }

  cpu(id: number): HypervisorCpu {
    let cpu = this.cpus.get(id);
    if (cpu === undefined) {
      const { hardwareId } = this.machine.cpus.find((each) => each.id === id) ?? { hardwareId: id };
      cpu = new HypervisorCpu(id, hardwareId);
      this.cpus.set(id, cpu);
    }
    return cpu;
  }
}
