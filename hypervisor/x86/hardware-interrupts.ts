import type { Machine } from "../machine/machine.js";
import type { PciConfigSpace } from "../machine/pci-bus.js";
import {
  type InterruptMessage,
  type MsiWords,
  messageOfMsi,
  messageOfPin,
  remappedIndexOf,
} from "./interrupt-message.js";

const places = { command: 0x04, status: 0x06, capabilities: 0x34 } as const;
const busMaster = 0x4;
const hasCapabilities = 0x10;
const msi = { id: 5, enabled: 0x1, has64Bits: 0x80 } as const;
/** A chain of capabilities that is longer goes in circles. */
const mostCapabilities = 48;
const pin = { masked: 0x1_0000, level: 0x8000, isRemapped: 0x1_0000 } as const;

/** What a unit of VT-d lets through. @param source bus, device and function, or the id of an I/O APIC */
export type Remapping = (index: number, source: number) => InterruptMessage | null;

/** Interrupts on their way from devices to local APICs: what hypervisor and kernel have set up decides where they go. */
export class HardwareInterrupts {
  /** Null while nothing is remapped. */
  remapping: Remapping | null = null;

  constructor(private readonly machine: Machine) {}

  /** The first vector of a device that uses MSI, and may write at all; nothing else is sent. */
  sendMsi(bdf: number): void {
    const space = this.machine.pci.at(bdf);
    if (space === null || (space.read(places.command, 2) & busMaster) === 0) return;
    const start = capabilityOf(space, msi.id);
    if (start === null) return;
    const control = space.read(start + 2, 2);
    if ((control & msi.enabled) === 0) return;
    const isWide = (control & msi.has64Bits) !== 0;
    const words = {
      addressLow: space.read(start + 4, 4),
      addressHigh: isWide ? space.read(start + 8, 4) : 0,
      data: space.read(start + (isWide ? 12 : 8), 2),
    };
    this.deliver(this.messageOfDevice(bdf, words));
  }

  private messageOfDevice(bdf: number, words: MsiWords): InterruptMessage | null {
    const index = remappedIndexOf(words.addressLow);
    if (this.remapping !== null && index !== null) return this.remapping(index, bdf);
    return messageOfMsi(words, 0, 0);
  }

  /** @returns the vector, if the entry of the pin lets an interrupt through */
  sendPin(source: number, low: number, high: number): number | null {
    if ((low & pin.masked) !== 0) return null;
    const message = this.messageOfEntry(source, low, high);
    this.deliver(message);
    return message === null ? null : message.vector;
  }

  private messageOfEntry(source: number, low: number, high: number): InterruptMessage | null {
    if (this.remapping === null || (high & pin.isRemapped) === 0) return messageOfPin(low, high);
    return this.remapping((high >>> 17) | (((low >> 11) & 1) << 15), source);
  }

  private deliver(message: InterruptMessage | null): void {
    if (message === null) return;
    const { vector, deliveryMode, isLogical, destination } = message;
    this.machine.interrupts.send(destination, vector, vector | (deliveryMode << 8) | (isLogical ? 0x800 : 0));
  }
}

/** Whether the entry of a pin waits for the end of an interrupt before it sends the next one. */
export function isLevelTriggered(low: number): boolean {
  return (low & pin.level) !== 0;
}

function capabilityOf(space: PciConfigSpace, id: number): number | null {
  if ((space.read(places.status, 2) & hasCapabilities) === 0) return null;
  let start = space.read(places.capabilities, 1);
  for (let count = 0; start !== 0 && count < mostCapabilities; count++) {
    if (space.read(start, 1) === id) return start;
    start = space.read(start + 1, 1);
  }
  return null;
}
