import type { NaiveSentInterrupt } from "./naive-pci.js";
import { NaiveStop } from "./naive-pci.js";
import type { NaiveMessage, NaiveReach, NaiveRemapping } from "./naive-remapping.js";

export interface NaiveChip {
  readonly address: number;
  readonly id: number;
  readonly pins: readonly number[];
}

interface KnownChip {
  readonly info: NaiveChip;
  readonly pins: Set<number>;
  index: number;
}

/** A chip in hardware, and what cells have written to its pins: two words each. */
interface Hardware {
  readonly registers: number[];
  readonly kept: number[];
}

const masked = 0x1_0000;
const firstEntry = 0x10;
export const pinsOfChip = 24;

/** I/O APICs as cells reach them (hypervisor/arch/x86/ioapic.c). */
export class NaiveIoApics {
  private readonly cells = new Map<
    number,
    { readonly chips: readonly KnownChip[]; readonly reach: NaiveReach }
  >();
  sent: NaiveSentInterrupt[] = [];

  /** @param hardware by address: the words that the kernel has left there */
  constructor(
    private readonly hardware: ReadonlyMap<number, Hardware>,
    private readonly remapping: NaiveRemapping,
  ) {}

  /** Comes first with 0, the root cell. */
  create(id: number, chips: readonly NaiveChip[], reach: NaiveReach): void {
    for (const chip of chips) this.remapping.reserve(chip.id % 2 ** 16, pinsOfChip);
    const known = chips.map((info) => ({ info, pins: new Set(info.pins), index: 0 }));
    this.cells.set(id, { chips: known, reach });
    if (id === 0) {
      for (const chip of known) this.maskPins(chip, false);
    } else {
      for (const { address, pins } of chips) for (const pin of pins) this.ofRoot(address)?.pins.delete(pin);
    }
    this.commit(id === 0);
  }

  private ofRoot(address: number): KnownChip | undefined {
    return this.cells.get(0)!.chips.find(({ info }) => info.address === address);
  }

  start(id: number): void {
    for (const chip of this.cells.get(id)!.chips) this.maskPins(chip, true);
  }

  destroy(id: number): void {
    for (const chip of this.cells.get(id)!.chips) {
      this.maskPins(chip, true);
      const root = this.ofRoot(chip.info.address);
      for (const pin of chip.info.pins) if (root?.info.pins.includes(pin)) root.pins.add(pin);
    }
    this.cells.delete(id);
    this.commit(false);
  }

  private maskPins({ info, pins }: KnownChip, forgets: boolean): void {
    const { registers, kept } = this.hardware.get(info.address)!;
    for (const pin of pins) {
      if (pin >= pinsOfChip || (kept[2 * pin]! & masked) !== 0) continue;
      registers[2 * pin] = masked;
      if (forgets) kept[2 * pin]! += masked;
    }
  }

  private commit(isFirst: boolean): void {
    const { chips, reach } = this.cells.get(0)!;
    for (const chip of chips) {
      for (let pin = 0; pin < pinsOfChip; pin++) {
        if (!chip.pins.has(pin)) continue;
        const { kept } = this.hardware.get(chip.info.address)!;
        if (!this.writePin(chip, reach, 2 * pin, kept[2 * pin]!)) throw new NaiveStop();
        const { isLevel, destination, vector, mode, isLogical } = messageOf(
          kept[2 * pin]!,
          kept[2 * pin + 1]!,
        );
        if (!isFirst || isLevel) continue;
        const isOne = mode === 1 && isLogical && destination !== 0;
        this.sent.push({ destination: isOne ? destination & -destination : destination, vector });
      }
    }
  }

  /** @returns what is read, "done", "denied", or "unhandled" where the cell has no such chip */
  access(
    id: number,
    address: number,
    register: number,
    written: number | null,
  ): number | "done" | "denied" | "unhandled" {
    const { chips, reach } = this.cells.get(id)!;
    const chip = chips.find(({ info }) => info.address === address);
    if (chip === undefined) return "unhandled";
    if (register === 0x00) {
      if (written === null) return chip.index;
      chip.index = written;
      return "done";
    }
    if (register === 0x40)
      return written !== null && chip.info.pins.length > 0 && chip.pins.size > 0 ? "done" : "denied";
    if (register !== 0x10) return "denied";
    if (chip.index < firstEntry) {
      if (written !== null) return "denied";
      return chip.index === 1 ? ((pinsOfChip - 1) << 16) + 0x20 : 0;
    }
    const word = chip.index - firstEntry;
    if (word >= 2 * pinsOfChip) return "denied";
    if (!chip.pins.has(word >> 1)) return written === null ? 0 : "done";
    if (written === null) return this.hardware.get(address)!.kept[word]!;
    return this.writePin(chip, reach, word, written) ? "done" : "denied";
  }

  indexOf(id: number, address: number): number {
    return this.cells.get(id)!.chips.find(({ info }) => info.address === address)!.index;
  }

  /** @returns false where the cell may not have such an interrupt */
  private writePin({ info }: KnownChip, reach: NaiveReach, word: number, written: number): boolean {
    const { registers, kept } = this.hardware.get(info.address)!;
    const pin = word >> 1;
    kept[word] = written;
    const [low, high] = [kept[2 * pin]!, kept[2 * pin + 1]!];
    const isMasked = (low & masked) !== 0;
    const map = (): number | "direct" | null =>
      this.remapping.map(reach, info.id % 2 ** 16, pin, messageOf(low, high));
    const entry = isMasked ? 0xffff : map();
    if (entry === null) return false;
    if (entry === "direct") {
      registers[2 * pin + 1] = high;
      if (word % 2 === 0) registers[word] = low;
    } else if (word % 2 === 0) {
      if (!isMasked) registers[2 * pin + 1] = (high % 2 ** 16) + 2 ** 16 + (entry % 2 ** 15) * 2 ** 17;
      registers[2 * pin] = ((low & ~0xf00) | ((entry >> 15) << 11)) >>> 0;
    }
    return true;
  }
}

function messageOf(low: number, high: number): NaiveMessage {
  return {
    vector: low & 0xff,
    mode: (low >> 8) & 7,
    isLogical: (low & 0x800) !== 0,
    isLevel: (low & 0x8000) !== 0,
    hasHint: true,
    destination: high >>> 24,
  };
}
