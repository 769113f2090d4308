import { type Irqchip, pinsOf } from "../../ir/irq.js";
import type { Spot } from "../spot.js";
import { deviceText, hex } from "../words.js";
import type { CheckedConfig } from "./checked-config.js";
import { devicesByAddress, interruptsOf } from "./devices.js";

/**
 * The table of remapped interrupts that VT-d works with, as the hypervisor hands out its entries: a block for each I/O
 * APIC of a cell, then one for each of its devices, at the first place with room (hypervisor/arch/x86/vtd.c:596-660,
 * 719-748). Processors of AMD have no such table in Jailhouse.
 */

/** Entries are reserved for 16 bits of an id, which are bus, device and function (vtd.c:609, 739). */
export function sourceIdOf({ id }: Irqchip): number {
  return Number(id & 0xffffn);
}

/** Most I/O APICs have as many, and those that no one describes are taken to. */
const usualPins = 24;

/**
 * The pins that the I/O APICs of the machine have for certain, by address. The hardware says how many there are; the
 * root cell lists those that exist, or all that the bitmap has room for.
 */
function pinsByAddress(root: CheckedConfig): ReadonlyMap<bigint, number> {
  const pins = new Map<bigint, number>();
  for (const chip of root.cell.irqchips) {
    const listed = Math.min(usualPins, (pinsOf(chip).at(-1) ?? 0) + 1);
    pins.set(chip.address, Math.max(listed, pins.get(chip.address) ?? 0));
  }
  return pins;
}

/** A request that the table has no room for. */
export interface FailedRequest {
  readonly at: Spot;
  /** Whose: `device 00:02.0`, `the I/O APIC at 0xfec00000`. */
  readonly text: string;
  readonly wanted: number;
  /** Entries that are free, though not in one piece. */
  readonly free: number;
}

interface Block {
  readonly start: number;
  readonly length: number;
  readonly sourceId: number;
}

/** What is reserved so far; a copy of it can go on in another way. */
export class RemappingTable {
  /** Ascending by start. */
  private readonly blocks: Block[] = [];
  private readonly bySource = new Map<number, Block>();
  /** So many blocks from the start on lie one behind the other: there is no room before them. */
  private packed = 0;

  private constructor(
    readonly limit: number,
    private readonly root: CheckedConfig,
    private readonly pins: ReadonlyMap<bigint, number>,
    private readonly owned: ReadonlyMap<number, unknown>,
  ) {}

  /** @param limit number of entries */
  static empty(limit: number, root: CheckedConfig): RemappingTable {
    return new RemappingTable(limit, root, pinsByAddress(root), devicesByAddress(root.cell.pciDevices));
  }

  copy(): RemappingTable {
    const copy = new RemappingTable(this.limit, this.root, this.pins, this.owned);
    copy.blocks.push(...this.blocks);
    for (const block of this.blocks) copy.bySource.set(block.sourceId, block);
    copy.packed = this.packed;
    return copy;
  }

  /** Adds the I/O APICs and devices of a cell; devices of the root cell change hands. Stops at what does not fit. */
  add(cell: CheckedConfig): FailedRequest | undefined {
    for (const chip of cell.cell.irqchips) {
      const wanted = this.pins.get(chip.address) ?? usualPins;
      const text = `the I/O APIC at ${hex(chip.address)}`;
      if (!this.reserve(sourceIdOf(chip), wanted))
        return { at: cell.spot(chip), text, wanted, free: this.free };
    }
    for (const device of cell.physicalDevices) {
      const wanted = interruptsOf(device);
      if (cell !== this.root && this.owned.has(device.bdf)) this.release(device.bdf);
      if (!this.reserve(device.bdf, wanted))
        return { at: cell.spot(device), text: deviceText(device), wanted, free: this.free };
    }
    return undefined;
  }

  private get free(): number {
    return this.limit - this.blocks.reduce((sum, { length }) => sum + length, 0);
  }

  /** True where there is room, or nothing has to be done: an id that has a block keeps it. */
  private reserve(sourceId: number, length: number): boolean {
    if (length === 0 || this.bySource.has(sourceId)) return true;
    let place = this.packed;
    let start = this.endBefore(place);
    while (place < this.blocks.length && this.blocks[place]!.start < start + length) {
      place += 1;
      start = this.endBefore(place);
    }
    if (start + length > this.limit) return false;
    const block = { start, length, sourceId };
    this.blocks.splice(place, 0, block);
    this.bySource.set(sourceId, block);
    while (
      this.packed < this.blocks.length &&
      this.blocks[this.packed]!.start === this.endBefore(this.packed)
    )
      this.packed += 1;
    return true;
  }

  /** Where the block ends that stands before this place. */
  private endBefore(place: number): number {
    const block = this.blocks[place - 1];
    return block === undefined ? 0 : block.start + block.length;
  }

  private placeOf({ start }: Block): number {
    let from = 0;
    for (let to = this.blocks.length; from < to; ) {
      const middle = (from + to) >>> 1;
      if (this.blocks[middle]!.start < start) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private release(sourceId: number): void {
    const block = this.bySource.get(sourceId);
    if (block === undefined) return;
    const place = this.placeOf(block);
    this.bySource.delete(sourceId);
    this.blocks.splice(place, 1);
    this.packed = Math.min(this.packed, place);
  }
}
