import type { Cell } from "../../core/cell.js";
import { type IommuUnit, iommuTypes } from "../../core/config/cell-config.js";
import { type Hypervisor, pagesOf } from "../../core/hypervisor.js";
import { HypervisorFault, Refusal } from "../../core/refusal.js";
import type { Unit } from "../../core/unit.js";
import { UnitRegisters, unitsOf } from "./units-of.js";

const registers = {
  scr0: 0x0,
  sacr: 0x10,
  id0: 0x20,
  id1: 0x24,
  id2: 0x28,
  id7: 0x3c,
  tlbStatus: 0x74,
  match: 0x800,
  context: 0xc00,
} as const;

const clientsPass = 0x1;
/** What the unit does from the first commit on: faults are told, streams that match nothing are faults. */
const enabled = 0x1 | 0x2 | 0x4 | 0x10 | 0x20 | 0x400 | 0x800 | 0x1000;
const validMatch = 0x8000_0000;
const faultContext = 0x2_0000;
const stateSize = 6;
/** Encodings of physical address sizes, by their bits (ID_AA64MMFR0). */
const addressSizes = [32, 36, 40, 42, 44, 48];

/** A group of streams: those that are `id` where `mask` has no bit. */
interface StreamMatch {
  readonly id: number;
  readonly mask: number;
}

interface Mmu500 {
  readonly registers: UnitRegisters;
  readonly groups: number;
  /** By group; null where the unit is indexed by streams and does not match. */
  readonly matches: (StreamMatch | null)[] | null;
  /** By group: the id of the cell whose memory is reached; without an entry each access is a fault. */
  readonly owners: Map<number, number>;
}

/** MMU-500: groups of streams, each led to the tables of one cell (arch/arm64/smmu.c). */
export class Mmu500Unit implements Unit {
  readonly name = "ARM SMMU";
  private readonly units: Mmu500[] = [];

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
    try {
      for (const unit of unitsOf(hypervisor, iommuTypes.mmu500)) this.units.push(this.setUp(unit));
      if (this.units.length > 0) this.initCell(hypervisor.rootCell);
    } catch (error) {
      if (error instanceof Refusal) this.shutdown();
      throw error;
    }
  }

  private setUp({ base, size }: IommuUnit): Mmu500 {
    const { hypervisor } = this;
    hypervisor.mapDevice(base, size);
    hypervisor.print(`ARM MMU500 at 0x${base.toString(16)} with:\n`);
    const unit = new UnitRegisters(hypervisor, base);
    this.checkVersion(unit);
    const matching = unit.field(registers.id0, 27, 27) === 1;
    const groups = matching ? unit.field(registers.id0, 7, 0) : 2 ** unit.field(registers.id0, 12, 9);
    if (matching) this.takeMatches(groups);
    this.checkSize(unit, size);
    this.checkBanks(unit);
    this.checkAddresses(unit);
    const made: Mmu500 = {
      registers: unit,
      groups,
      matches: matching ? new Array<StreamMatch | null>(groups).fill(null) : null,
      owners: new Map(),
    };
    this.reset(made);
    return made;
  }

  /** EIO for another version, EBUSY for a unit that is in use, EIO where it does not translate for cells. */
  private checkVersion(unit: UnitRegisters): void {
    const { hypervisor } = this;
    if (unit.field(registers.id7, 7, 4) !== 2)
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm64/smmu.c:304");
    if ((unit.read(registers.scr0) & clientsPass) === 0)
      throw hypervisor.refusal("EBUSY", "hypervisor/arch/arm64/smmu.c:308");
    if (unit.field(registers.id0, 29, 29) === 0)
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm64/smmu.c:314");
  }

  private takeMatches(groups: number): void {
    const { hypervisor } = this;
    if (groups === 0) throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm64/smmu.c:321");
    hypervisor.takePages(pagesOf(groups * stateSize));
    hypervisor.print(` stream matching with ${groups} SMR groups\n`);
  }

  private checkSize(unit: UnitRegisters, size: number): void {
    const shift = unit.field(registers.id1, 31, 31) === 1 ? 16 : 12;
    const expected = 2 ** (unit.field(registers.id1, 30, 28) + 1) * 2 ** shift;
    const half = Math.floor(size / 2);
    if (half === expected) return;
    const [own, mapped] = [2 * expected, 2 * half].map((bytes) => bytes.toString(16));
    this.hypervisor.print(
      `Warning: SMMU address space size (0x${own}) differs from mapped region size (0x${mapped})!\n`,
    );
  }

  private checkBanks(unit: UnitRegisters): void {
    const [banks, ofCells] = [unit.field(registers.id1, 7, 0), unit.field(registers.id1, 23, 16)];
    if (ofCells > banks) throw this.hypervisor.refusal("ENODEV", "hypervisor/arch/arm64/smmu.c:349");
    this.hypervisor.print(` ${banks} context banks (${ofCells} stage-2 only)\n`);
  }

  private checkAddresses(unit: UnitRegisters): void {
    const { hypervisor } = this;
    const needed = addressSizes.indexOf(hypervisor.machine.arm!.physicalBits);
    if (unit.field(registers.id2, 3, 0) < needed)
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm64/smmu.c:357");
    if (unit.field(registers.id2, 7, 4) < needed)
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm64/smmu.c:359");
    if (unit.field(registers.id2, 12, 12) === 0)
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm64/smmu.c:361");
  }

  private reset(unit: Mmu500): void {
    for (let group = 0; group < unit.groups; group++) {
      if (unit.matches !== null) this.writeMatch(unit, group);
      unit.registers.write(registers.context + 4 * group, faultContext);
    }
    this.synchronize(unit);
  }

  private writeMatch({ registers: unit, matches }: Mmu500, group: number): void {
    const match = matches![group] ?? null;
    const value = match === null ? 0 : match.id | (match.mask << 16) | validMatch;
    unit.write(registers.match + 4 * group, value);
  }

  /** EINVAL from a unit that never ends to forget translations. */
  private synchronize({ registers: unit }: Mmu500): void {
    if ((unit.read(registers.tlbStatus) & 1) === 0) return;
    this.hypervisor.print("TLB sync timed out -- SMMU may be deadlocked\n");
    throw this.hypervisor.refusal("EINVAL", "hypervisor/arch/arm64/smmu.c:204");
  }

  /** What has been assigned before a stream is refused stays assigned. */
  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { streamIds, id, name } = cell.config;
    if (streamIds.length === 0) return;
    for (const unit of this.units) {
      for (const { word } of streamIds) {
        const match = matchOf(word);
        const group = findGroup(unit, match);
        if (group === null) throw hypervisor.refusal("EINVAL", "hypervisor/arch/arm64/smmu.c:435");
        hypervisor.print(`Assigning SID 0x${hex(match.id)}, Mask 0x${hex(match.mask)} to cell "${name}"\n`);
        this.assign(unit, group, id);
        // Without matching there is no list of them: it is written to at address zero.
        if (unit.matches === null) throw new HypervisorFault(group);
        unit.matches[group] = match;
        this.writeMatch(unit, group);
      }
      this.synchronize(unit);
    }
  }

  private assign(unit: Mmu500, group: number, owner: number): void {
    unit.registers.write(registers.context + 4 * group, owner & 0xff);
    unit.owners.set(group, owner);
  }

  /** A stream returns to the root cell if that lists the very same word; otherwise each access is a fault. */
  exitCell(cell: Cell): void {
    const { streamIds } = cell.config;
    if (streamIds.length === 0) return;
    for (const unit of this.units) {
      for (const { word } of streamIds) this.release(unit, word);
      this.waitSilently(unit);
    }
  }

  private waitSilently(unit: Mmu500): void {
    try {
      this.synchronize(unit);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private release(unit: Mmu500, word: number): void {
    const { hypervisor } = this;
    const match = matchOf(word);
    const group = findGroup(unit, match);
    if (group === null) return;
    const { config } = hypervisor.rootCell;
    if (config.streamIds.some((own) => own.word === word)) {
      hypervisor.print(
        `Assigning SID 0x${hex(match.id)} Mask: 0x${hex(match.mask)} to cell "${config.name}"\n`,
      );
      this.assign(unit, group, config.id);
      return;
    }
    if (unit.matches !== null) {
      unit.matches[group] = null;
      this.writeMatch(unit, group);
    }
    unit.registers.write(registers.context + 4 * group, faultContext);
    unit.owners.delete(group);
  }

  /** From the first time on, streams that nobody has are faults. */
  commit(changed: Cell | null): void {
    if (changed === null || !changed.isRoot) return;
    for (const unit of this.units) unit.registers.write(registers.scr0, enabled & ~clientsPass);
  }

  /** The id of the cell whose memory a stream reaches; null where it is a fault. */
  ownerOf(unit: number, stream: number): number | null {
    const known = this.units[unit];
    const group = known?.matches?.findIndex(
      (match) => match !== null && ((stream ^ match.id) & ~match.mask & 0x7fff) === 0,
    );
    return group === undefined ? null : (known?.owners.get(group) ?? null);
  }

  /** All pass again, untranslated. */
  shutdown(): void {
    for (const unit of this.units) unit.registers.write(registers.scr0, clientsPass);
  }
}

/** Id and mask have 15 bits each. */
function matchOf(word: number): StreamMatch {
  return { id: word & 0x7fff, mask: (word >>> 16) & 0x7fff };
}

/**
 * The group that matches all of these streams already, or the first free one; null where there is none, or where a part of
 * the streams matches another group (arch/arm64/smmu.c:382-420).
 */
function findGroup({ matches }: Mmu500, { id, mask }: StreamMatch): number | null {
  if (matches === null) return id;
  let free: number | null = null;
  for (const [index, match] of matches.entries()) {
    if (match === null) {
      free ??= index;
      continue;
    }
    if ((mask & match.mask) === mask && ((id ^ match.id) & ~match.mask) === 0) return index;
    if (((id ^ match.id) & ~(match.mask | mask)) === 0) return null;
  }
  return free;
}

function hex(value: number): string {
  return value.toString(16);
}
