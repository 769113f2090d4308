import type { Cell } from "../core/cell.js";
import {
  type IommuUnit,
  iommuTypes,
  type MemoryRegion,
  memory,
  type PciDevice,
} from "../core/config/cell-config.js";
import { type Hypervisor, pagesOf } from "../core/hypervisor.js";
import { PageTables } from "../core/paging/page-tables.js";
import { pageSize, type TableFormat } from "../core/paging/table-format.js";
import { Refusal } from "../core/refusal.js";
import type { CellShape, Unit } from "../core/unit.js";
import type { InterruptMessage } from "./interrupt-message.js";
import type { IoApicUnit } from "./ioapic-unit.js";
import type { LocalApics } from "./local-apics.js";
import { type InterruptRemapping, RemappingTable } from "./remapping-table.js";
import { dmaTables } from "./table-formats.js";
import type { X86Cell } from "./x86-cell.js";

/** A higher limit is refused when the unit is initialized. */
const mostInterrupts = 0x8000;
/** Bytes of an entry of the table of remapped interrupts. */
const interruptEntry = 16;
/** Registers of each unit are mapped in a slot of so many bytes (hypervisor/arch/x86/vtd.c:25). */
const unitSlot = 0x4000;

interface Context {
  /** Page of the devices of one bus. */
  readonly page: number;
  readonly owners: Map<number, Cell>;
}

/** DMA and interrupts of devices on Intel machines (hypervisor/arch/x86/vtd.c). */
export class VtdUnit implements Unit, InterruptRemapping {
  readonly name = "VT-d";
  private format: TableFormat | null = null;
  private addressBits = 39;
  private domains = Number.POSITIVE_INFINITY;
  readonly interrupts: RemappingTable;
  private readonly contexts = new Map<number, Context>();

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly ioApics: IoApicUnit,
    private readonly stateOf: (cell: Cell) => X86Cell,
    apics: LocalApics,
  ) {
    const limit = hypervisor.config.x86.vtdInterruptLimit;
    this.interrupts = new RemappingTable(hypervisor, apics, Math.min(limit, mostInterrupts));
  }

  /** Only where interrupt remapping was on; the count is made for the root cell in any case (vtd.c:207). */
  mmioRegions({ isRoot }: CellShape): number {
    return isRoot ? this.units.length : 0;
  }

  /** The first unit without an address ends the list (hypervisor/arch/x86/iommu.c:18). */
  private get units(): readonly IommuUnit[] {
    const { iommuUnits } = this.hypervisor.config;
    const end = iommuUnits.findIndex(({ base }) => base === 0n);
    return end === -1 ? iommuUnits : iommuUnits.slice(0, end);
  }

  init(): void {
    const { hypervisor, units } = this;
    const limit = hypervisor.config.x86.vtdInterruptLimit;
    const bits = limit <= 1 ? 0 : Math.ceil(Math.log2(limit));
    if (bits >= 16) throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/vtd.c:1000");
    hypervisor.takePages(pagesOf(interruptEntry * 2 ** bits));
    if (units.length === 0) throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/vtd.c:1011");
    const slots = hypervisor.remapPool.take(units.length * (unitSlot / pageSize));
    if (slots === null) throw hypervisor.refusal("ENOMEM", "hypervisor/arch/x86/vtd.c:1015");
    hypervisor.takePages(units.length);
    const start = (hypervisor.remapPool.base + slots) * pageSize;
    for (const [index, unit] of units.entries()) this.initUnit(unit, start + index * unitSlot);
    this.initCell(hypervisor.rootCell);
  }

  private initUnit(unit: IommuUnit, virtual: number): void {
    const { hypervisor } = this;
    if (unit.type !== iommuTypes.intel) throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/vtd.c:1024");
    hypervisor.ownTables.create(unit.base, BigInt(unit.size), BigInt(virtual), 3, "huge");
    const hardware = hypervisor.machine.vtdUnits.find(({ base }) => base === Number(unit.base));
    // Where no unit is, registers read as zeros: version 0.
    if (hardware === undefined) throw hypervisor.refusal("EIO", "hypervisor/arch/x86/vtd.c:1037");
    hypervisor.print(`DMAR unit @0x${unit.base.toString(16)}/0x${unit.size.toString(16)}\n`);
    const format = dmaTables(hardware.tableLevels, hardware.holds2M, hardware.holds1G);
    if (this.format !== null && this.format.levels.length !== format.levels.length) {
      throw hypervisor.refusal("EIO", "hypervisor/arch/x86/vtd.c:1051");
    }
    this.format = format;
    this.addressBits = 12 + 9 * hardware.tableLevels;
    this.domains = Math.min(this.domains, hardware.domains);
  }

  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const state = this.stateOf(cell);
    state.dmaTables = null;
    if (cell.config.id >= this.domains) throw hypervisor.refusal("ERANGE", "hypervisor/arch/x86/vtd.c:728");
    const root = hypervisor.takePages(1);
    state.dmaTables = new PageTables(this.format!, hypervisor.pool, root / pageSize - hypervisor.pool.base);
    try {
      for (const { address, id } of cell.config.irqchips) {
        const { pins } = this.ioApics.physicalAt(address);
        this.interrupts.reserve(id & 0xffff, pins);
      }
    } catch (error) {
      if (error instanceof Refusal) this.exitCell(cell);
      throw error;
    }
  }

  exitCell(cell: Cell): void {
    const { pool } = this.hypervisor;
    pool.free(this.stateOf(cell).dmaTables!.rootPage!, 1);
  }

  /** Only what devices may reach; addresses beyond the tables are refused (vtd.c:759). */
  map(cell: Cell, region: MemoryRegion): void {
    const { flags, physStart, virtStart, size } = region;
    if ((flags & memory.dma) === 0n) return;
    if (virtStart >> BigInt(this.addressBits) !== 0n)
      throw this.hypervisor.refusal("E2BIG", "hypervisor/arch/x86/vtd.c:760");
    const sizes = (flags & memory.noHugePages) !== 0n ? "small" : "huge";
    const access = Number(flags & (memory.read | memory.write));
    this.stateOf(cell).dmaTables!.create(physStart, size, virtStart, access, sizes);
  }

  /** The flags are those of the region that is taken away: root's devices keep what a cell has without DMA. */
  unmap(cell: Cell, { flags, virtStart, size }: MemoryRegion): void {
    if ((flags & memory.dma) !== 0n) this.stateOf(cell).dmaTables!.destroy(virtStart, size);
  }

  addDevice(cell: Cell, device: PciDevice): void {
    const length = Math.max(device.numMsiVectors, device.numMsixVectors);
    this.interrupts.reserve(device.bdf, length);
    const bus = device.bdf >> 8;
    let context = this.contexts.get(bus);
    if (context === undefined) {
      const page = this.hypervisor.pool.take(1);
      if (page === null) {
        this.interrupts.release(device.bdf, length);
        throw new Refusal("ENOMEM");
      }
      context = { page, owners: new Map() };
      this.contexts.set(bus, context);
    }
    context.owners.set(device.bdf & 0xff, cell);
  }

  removeDevice(device: PciDevice): void {
    this.interrupts.release(device.bdf, Math.max(device.numMsiVectors, device.numMsixVectors));
    const context = this.contexts.get(device.bdf >> 8);
    if (context === undefined) return;
    context.owners.delete(device.bdf & 0xff);
    if (context.owners.size > 0) return;
    this.contexts.delete(device.bdf >> 8);
    this.hypervisor.pool.free(context.page, 1);
  }

  /** Bits of the addresses that devices can have. */
  get widthOfAddresses(): number {
    return this.addressBits;
  }

  /** Whether any device of the bus has a cell. */
  knowsBusOf(bdf: number): boolean {
    return this.contexts.has(bdf >> 8);
  }

  /** The cell whose tables the device's DMA goes through; undefined where it is blocked. */
  ownerOf(bdf: number): Cell | undefined {
    return this.contexts.get(bdf >> 8)?.owners.get(bdf & 0xff);
  }

  mapInterrupt(
    cell: Cell,
    device: number,
    vector: number,
    message: InterruptMessage | null,
  ): number | "refused" {
    return this.interrupts.mapInterrupt(cell, device, vector, message);
  }

  /** With the root cell, the units are switched on. */
  commit(changed: Cell | null): void {
    if (changed === this.hypervisor.rootCell) this.interrupts.takesRequests = true;
  }

  prepareShutdown(): void {
    this.interrupts.takesRequests = false;
  }

  shutdown(): void {}
}
