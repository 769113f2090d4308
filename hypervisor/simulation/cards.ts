import { SetupError } from "../core/setup-error.js";
import { E1000 } from "../machine/e1000.js";
import { HdAudio } from "../machine/hd-audio.js";
import { PciConfigSpace } from "../machine/pci-bus.js";
import type { X86Devices } from "../x86/x86-devices.js";

/** Models of devices that act by themselves. */
export const cardKinds = ["e1000", "hd-audio"] as const;
export type CardKind = (typeof cardKinds)[number];

/** A card in a slot of an x86 machine. */
export interface Card {
  /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
  readonly bdf: number;
  readonly kind: CardKind;
  /** Of its registers: physical, a multiple of their size, below 2^32. */
  readonly address: number;
}

/** Bytes of registers, a power of two. */
export function registersOfCard(kind: CardKind): number {
  return kind === "e1000" ? E1000.size : HdAudio.size;
}

const firstBar = 0x10;

/**
 * Puts cards into a machine before any hypervisor is enabled. A function that the machine has already becomes the card: it
 * keeps its capabilities. Network cards are joined by one wire; their addresses end with the number of the card.
 *
 * @throws SetupError for two in one slot, registers over others, and places that no card can have
 */
export function addCards(devices: X86Devices, cards: readonly Card[]): void {
  const { pci } = devices.machine;
  for (const [index, card] of cards.entries()) {
    const { bdf, kind, address } = card;
    checkPlace(card, cards.slice(0, index));
    if (pci.at(bdf) === null) pci.add(bdf, new PciConfigSpace());
    makeBarReadOnly(pci.at(bdf)!, registersOfCard(kind));
    if (kind === "e1000") devices.addNetworkCard(bdf, address, macOf(index + 1));
    else devices.addHdAudio(bdf, address);
  }
}

/** Bits of the address below the size of the registers are fixed: so software finds out the size. */
function makeBarReadOnly(space: PciConfigSpace, size: number): void {
  const mask = new DataView(space.writable.buffer);
  mask.setUint32(firstBar, (2 ** 32 - size) >>> 0, true);
}

function checkPlace({ bdf, kind, address }: Card, others: readonly Card[]): void {
  const size = registersOfCard(kind);
  const hex = (value: number): string => `0x${value.toString(16)}`;
  if (address <= 0 || address % size !== 0 || address + size > 2 ** 32) {
    throw new SetupError(
      `registers of ${kind} cannot be at ${hex(address)}: they take ${hex(size)} bytes at a multiple of that, below 4G`,
    );
  }
  for (const other of others) {
    if (other.bdf === bdf)
      throw new SetupError(`two cards are in the slot of one: ${other.kind} and ${kind}`);
    const isBeside =
      address >= other.address + registersOfCard(other.kind) || other.address >= address + size;
    if (!isBeside)
      throw new SetupError(`registers of ${kind} at ${hex(address)} lie over those of ${other.kind}`);
  }
}

/** As virtual machines have them: administered locally. */
function macOf(number: number): Uint8Array {
  return Uint8Array.of(0x52, 0x54, 0, 0, number >> 8, number & 0xff);
}
