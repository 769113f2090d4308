import { type Cell, cellStates } from "../../core/cell.js";
import { CommRegion } from "../../core/comm-region.js";
import { iommuTypes, type MemoryRegion, memory } from "../../core/config/cell-config.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import { HypervisorFault, MachineHang, Refusal } from "../../core/refusal.js";
import type { Unit } from "../../core/unit.js";
import type { ArmParts } from "../arm-parts.js";
import { entriesOf, mostEntries, type PvuEntry, sortBySize } from "./pvu-entries.js";
import { mapUnchecked, UnitRegisters, unitsOf } from "./units-of.js";

/** Ids of virtual machines that streams carry; others are ignored. */
const highestId = 7;

const registers = { config: 0x4, enable: 0x10 } as const;
const tlbSize = 0x1000;
const enabledBit = 0x8000_0000;
const loggingOff = 0x4000_0000;

/** A unit: its TLBs hold all that devices reach, the first one of an id leads to others. */
interface Pvu {
  readonly registers: UnitRegisters;
  readonly tlbs: UnitRegisters;
  readonly tlbCount: number;
  readonly entriesPerTlb: number;
  freeTlbs: number;
  /** What each TLB holds. */
  readonly contents: PvuEntry[][];
}

/** Peripheral virtualization units of Texas Instruments: what devices reach is programmed once, when a cell is there (arch/arm64/ti-pvu.c). */
export class PvuUnit implements Unit {
  readonly name = "PVU IOMMU";
  private readonly units: Pvu[] = [];

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
  ) {}

  /** Whether the config has any. */
  get isThere(): boolean {
    return this.units.length > 0;
  }

  mmioRegions(): number {
    return 0;
  }

  init(): void {
    const { hypervisor } = this;
    for (const { base, size, tipvu } of unitsOf(hypervisor, iommuTypes.pvu)) {
      mapUnchecked(hypervisor, base, size);
      const registersOfTlbs = this.mapTlbs(tipvu.tlbBase, tipvu.tlbSize);
      this.units.push(this.setUp(new UnitRegisters(hypervisor, base), registersOfTlbs));
    }
    this.initCell(hypervisor.rootCell);
  }

  /** Null without a mapping, which nobody looks at. */
  private mapTlbs(base: bigint, size: number): UnitRegisters | null {
    try {
      this.hypervisor.mapDevice(base, size);
      return new UnitRegisters(this.hypervisor, base);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return null;
    }
  }

  private setUp(unit: UnitRegisters, tlbs: UnitRegisters | null): Pvu {
    const tlbCount = unit.field(registers.config, 7, 0);
    const entriesPerTlb = unit.field(registers.config, 19, 16);
    if (highestId >= tlbCount) {
      this.hypervisor.print(
        `ERROR: PVU: Max virtid(${highestId}) should be less than num_tlbs(${tlbCount})\n`,
      );
      throw new Refusal("EINVAL");
    }
    if (tlbs === null) throw new HypervisorFault(0);
    for (let tlb = 0; tlb < tlbCount; tlb++) tlbs.write(tlb * tlbSize, loggingOff);
    unit.write(registers.enable, 1);
    const contents = Array.from({ length: tlbCount }, (): PvuEntry[] => []);
    const freeTlbs = tlbCount - (highestId + 1);
    return { registers: unit, tlbs, tlbCount, entriesPerTlb, freeTlbs, contents };
  }

  /** Refused without a word, and without giving back the page, if an id is another cell's already. */
  initCell(cell: Cell): void {
    if (this.units.length === 0) return;
    const own = this.parts.cell(cell);
    own.pvuEntries = [];
    own.pvuPage = this.hypervisor.takePages(1);
    if (idsOf(cell).some((id) => isEnabled(this.units[0]!, id))) throw new Refusal("EINVAL");
  }

  exitCell(cell: Cell): void {
    if (this.units.length === 0) return;
    for (const id of idsOf(cell)) this.flush(id);
    const own = this.parts.cell(cell);
    own.pvuEntries = null;
    if (own.pvuPage !== null) this.hypervisor.freePages(own.pvuPage, 1);
    own.pvuPage = null;
  }

  /** The first TLB counts as one that was chained, too. That of id 0 is never flushed. */
  private flush(id: number): void {
    for (const unit of this.units) {
      for (let tlb = id; tlb !== 0; ) {
        const next = unit.tlbs.read(tlb * tlbSize) & 0xfff;
        flushTlb(unit, tlb);
        tlb = next;
      }
    }
  }

  /** Notes what devices are to reach; ENOMEM or EINVAL where there is no room for it. */
  map(cell: Cell, region: MemoryRegion): void {
    const unit = this.units[0];
    if (unit === undefined || (region.flags & memory.dma) === 0n) return;
    const entries = this.parts.cell(cell).pvuEntries!;
    if (entries.length === mostEntries) throw new Refusal("ENOMEM");
    const added = entriesOf(this.hypervisor, region, mostEntries - entries.length);
    const last = entries.length + added.length - 1;
    // Without any entry, the number before the first one is a very large one.
    const chained =
      unit.entriesPerTlb === 0 ? 0 : last < 0 ? Infinity : Math.floor(last / unit.entriesPerTlb);
    if (chained > unit.freeTlbs) {
      this.hypervisor.print("ERROR: PVU: Mapping this memory needs more TLBs than that are available\n");
      throw new Refusal("EINVAL");
    }
    entries.push(...added);
  }

  /** Nothing can be taken away; that is told where the cell counts as running, which the root cell always does. */
  unmap(cell: Cell, region: MemoryRegion): void {
    if (this.units.length === 0 || (region.flags & memory.dma) === 0n) return;
    const { state } = new CommRegion(this.hypervisor, cell);
    if (state !== cellStates.running && state !== cellStates.runningLocked) return;
    this.hypervisor.print(`WARNING: PVU cannot unmap memory at runtime for cell ${cell.name}\n`);
  }

  /** What has been noted for a cell that came or went is programmed, for ids that have nothing yet. */
  commit(changed: Cell | null): void {
    if (this.units.length === 0 || changed === null) return;
    const entries = this.parts.cell(changed).pvuEntries;
    if (entries === null) return;
    sortBySize(entries);
    for (const id of idsOf(changed)) {
      for (const unit of this.units) program(unit, id, entries);
    }
    entries.length = 0;
  }

  /** What devices of an id reach, over all TLBs that belong to it. */
  reachOf(unit: number, id: number): readonly PvuEntry[] {
    const known = this.units[unit];
    if (known === undefined || !isEnabled(known, id)) return [];
    const found: PvuEntry[] = [];
    for (let tlb = id, first = true; first || tlb !== 0; first = false) {
      found.push(...known.contents[tlb]!);
      tlb = known.tlbs.read(tlb * tlbSize) & 0xfff;
    }
    return found;
  }

  shutdown(): void {
    if (this.units.length > 0 && this.hypervisor.hasRootCell) this.exitCell(this.hypervisor.rootCell);
    for (const unit of this.units) {
      for (let tlb = 0; tlb < unit.tlbCount; tlb++) flushTlb(unit, tlb);
      unit.registers.write(registers.enable, 0);
    }
  }
}

function idsOf({ config }: Cell): readonly number[] {
  return config.streamIds.map(({ word }) => word).filter((id) => id <= highestId);
}

function isEnabled({ tlbs }: Pvu, tlb: number): boolean {
  return tlbs.read(tlb * tlbSize) >= enabledBit;
}

function flushTlb(unit: Pvu, tlb: number): void {
  unit.tlbs.write(tlb * tlbSize, 0);
  unit.contents[tlb] = [];
  // The number of entries is taken for that of the TLB here.
  if (unit.entriesPerTlb >= highestId) unit.freeTlbs++;
}

function program(unit: Pvu, id: number, entries: readonly PvuEntry[]): void {
  if (entries.length === 0 || isEnabled(unit, id)) return;
  let tlb = id;
  for (const [index, entry] of entries.entries()) {
    if (unit.entriesPerTlb > 0 && index > 0 && index % unit.entriesPerTlb === 0) {
      const next = takeTlb(unit);
      if (next > tlb) unit.tlbs.write(tlb * tlbSize, (unit.tlbs.read(tlb * tlbSize) & ~0xfff) | next);
      enable(unit, tlb);
      tlb = next;
    }
    unit.contents[tlb]!.push(entry);
  }
  enable(unit, tlb);
}

function enable({ tlbs }: Pvu, tlb: number): void {
  tlbs.write(tlb * tlbSize, (tlbs.read(tlb * tlbSize) & ~loggingOff) | enabledBit);
}

function takeTlb(unit: Pvu): number {
  for (let tlb = highestId + 1; tlb < unit.tlbCount; tlb++) {
    if (unit.contents[tlb]!.length > 0) continue;
    unit.freeTlbs--;
    return tlb;
  }
  throw new MachineHang("no TLB of a PVU is free any more, which the hypervisor takes for impossible");
}
