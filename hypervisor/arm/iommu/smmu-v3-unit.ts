import type { Cell } from "../../core/cell.js";
import { iommuTypes } from "../../core/config/cell-config.js";
import { type Hypervisor, pagesOf } from "../../core/hypervisor.js";
import { pageSize } from "../../core/paging/table-format.js";
import { HypervisorFault, Refusal } from "../../core/refusal.js";
import type { Unit } from "../../core/unit.js";
import { hasUnitBehindEnd, mapUnchecked, UnitRegisters, unitsOf } from "./units-of.js";

const registers = {
  idr0: 0x0,
  idr1: 0x4,
  cr0: 0x20,
  cr0ack: 0x24,
  strtabBase: 0x80,
  strtabBaseCfg: 0x88,
} as const;

/** A table of two levels has 2^8 streams in each part of the second one, and 2^17 parts at most. */
const splitBits = 8;
const mostPartBits = 17;
const entrySize = 64;
const partDescriptorSize = 8;
/** What the hypervisor keeps of a part besides. */
const partStateSize = 32;
const partPages = (entrySize * 2 ** splitBits) / pageSize;

/** A part of the second level. */
interface Part {
  readonly address: number;
  users: number;
}

/** A unit and its table of streams. */
interface SmmuV3 {
  readonly registers: UnitRegisters;
  readonly sidBits: number;
  /** Null: the table has one level. */
  readonly parts: Map<number, Part> | null;
  /** By stream: the cell whose memory it reaches; without an entry it is let through untranslated. */
  readonly streams: Map<number, number>;
}

/** SMMU of version 3: an entry for each stream, without asking who has it already (arch/arm64/smmu-v3.c). */
export class SmmuV3Unit implements Unit {
  readonly name = "ARM SMMU v3";
  private readonly units: SmmuV3[] = [];

  constructor(private readonly hypervisor: Hypervisor) {}

  /** Whether the config has any. */
  get isThere(): boolean {
    return this.units.length > 0;
  }

  mmioRegions(): number {
    return 0;
  }

  init(): void {
    const { hypervisor } = this;
    for (const { base, size } of unitsOf(hypervisor, iommuTypes.smmuV3)) {
      mapUnchecked(hypervisor, base, size);
      this.units.push(this.setUp(new UnitRegisters(hypervisor, base)));
    }
    this.initCell(hypervisor.rootCell);
  }

  /** ENODEV where the unit cannot translate for cells, or its queues are set already. */
  private setUp(unit: UnitRegisters): SmmuV3 {
    const { hypervisor } = this;
    const hasTwoLevels = unit.field(registers.idr0, 28, 27) === 1;
    if (unit.field(registers.idr0, 0, 0) === 0)
      throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm64/smmu-v3.c:892");
    if (unit.field(registers.idr1, 30, 28) !== 0)
      throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm64/smmu-v3.c:903");
    if (unit.field(registers.idr1, 25, 21) === 0)
      throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm64/smmu-v3.c:909");
    const sidBits = unit.field(registers.idr1, 5, 0);
    // Queues of commands and of events.
    hypervisor.takePages(1);
    hypervisor.takePages(1);
    const made =
      hasTwoLevels && sidBits > splitBits ? this.twoLevels(unit, sidBits) : this.oneLevel(unit, sidBits);
    for (const enables of [0x0, 0x8, 0xc, 0xd]) this.acknowledged(unit, enables);
    return made;
  }

  private oneLevel(unit: UnitRegisters, sidBits: number): SmmuV3 {
    // The size is counted in 32 bits, of which shifts see five.
    const pages = pagesOf((2 ** (sidBits % 32) * entrySize) % 2 ** 32);
    unit.write64(registers.strtabBase, BigInt(this.hypervisor.takePages(pages, alignmentOf(pages))));
    unit.write(registers.strtabBaseCfg, sidBits);
    return { registers: unit, sidBits, parts: null, streams: new Map() };
  }

  private twoLevels(unit: UnitRegisters, wanted: number): SmmuV3 {
    const { hypervisor } = this;
    const partBits = Math.min(mostPartBits, wanted - splitBits);
    const sidBits = partBits + splitBits;
    if (sidBits < wanted) {
      hypervisor.print(`WARN: SMMU 2-level strtab only covers ${sidBits}/${wanted} bits of SID\n`);
    }
    const pages = pagesOf(2 ** partBits * partDescriptorSize);
    const table = hypervisor.takePages(pages, alignmentOf(pages));
    try {
      hypervisor.takePages(pagesOf(2 ** partBits * partStateSize));
    } catch (error) {
      hypervisor.freePages(table, pages);
      throw error;
    }
    unit.write64(registers.strtabBase, BigInt(table));
    unit.write(registers.strtabBaseCfg, sidBits);
    return { registers: unit, sidBits, parts: new Map(), streams: new Map() };
  }

  /** EINVAL from a unit that does not take its new state over. */
  private acknowledged(unit: UnitRegisters, enables: number): void {
    unit.write(registers.cr0, enables);
    if (unit.read(registers.cr0ack) !== enables)
      throw this.hypervisor.refusal("EINVAL", "hypervisor/arch/arm64/smmu-v3.c:806");
  }

  initCell(cell: Cell): void {
    for (const unit of this.units) {
      for (const { word } of cell.config.streamIds) this.addStream(unit, word, cell);
    }
  }

  private addStream(unit: SmmuV3, stream: number, cell: Cell): void {
    this.checkStream(unit, stream);
    const number = stream >>> splitBits;
    const part = unit.parts?.get(number);
    if (part !== undefined) part.users++;
    else unit.parts?.set(number, { address: this.takePart(), users: 1 });
    unit.streams.set(stream, cell.config.id);
  }

  private takePart(): number {
    try {
      return this.hypervisor.takePages(partPages, partPages);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw this.hypervisor.refusal("ENOMEM", "hypervisor/arch/arm64/smmu-v3.c:947");
    }
  }

  /** Nothing compares a stream with the number of them: its entry is looked for behind the table. */
  private checkStream({ sidBits }: SmmuV3, stream: number): void {
    if (stream >= 2 ** sidBits) throw new HypervisorFault(stream);
  }

  /** What was the root cell's is not given back. */
  exitCell(cell: Cell): void {
    // Units behind the end of the list have never been set up, but are told of the end of a cell.
    if (hasUnitBehindEnd(this.hypervisor, iommuTypes.smmuV3)) throw new HypervisorFault(0);
    for (const unit of this.units) {
      for (const { word } of cell.config.streamIds) this.removeStream(unit, word);
    }
  }

  private removeStream(unit: SmmuV3, stream: number): void {
    const number = stream >>> splitBits;
    const part = unit.parts?.get(number);
    // The entry of a part that is gone already.
    if (unit.parts !== null && part === undefined) throw new HypervisorFault(stream);
    unit.streams.delete(stream);
    if (part === undefined || --part.users > 0) return;
    unit.parts?.delete(number);
    this.hypervisor.freePages(part.address, partPages);
  }

  /** The id of the cell whose memory a stream reaches; null where it is let through. */
  ownerOf(unit: number, stream: number): number | null {
    return this.units[unit]?.streams.get(stream) ?? null;
  }

  shutdown(): void {}
}

/** Pages are aligned to their number, which is a power of two. */
function alignmentOf(pages: number): number {
  return Math.max(1, pages);
}
