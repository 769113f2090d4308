import { type Pause, relax } from "../run/program.js";
import type { Inmate } from "./inmate.js";

const places = {
  vendor: 0x00,
  device: 0x02,
  command: 0x04,
  status: 0x06,
  firstBar: 0x10,
  capabilities: 0x34,
} as const;
const functions = 0x1_0000;
const noVendor = 0xffff;
const hasCapabilities = 0x10;
const msi = { id: 5, enabled: 0x1, has64Bits: 0x80, addresses: 0xfee0_0000 } as const;
const msix = { id: 0x11, enabled: 0x8000, masked: 0x4000, lastIndex: 0x3ff, entrySize: 16 } as const;
const bar = { is64Bit: 0x4, typeMask: 0x6, flags: 0xfn } as const;
const command = { memory: 0x2, master: 0x4 } as const;

/** The PCI devices of an inmate, through the ports 0xcf8 and 0xcfc (inmates/lib/pci.c, inmates/lib/x86/pci.c). */
export class PciFunctions {
  constructor(private readonly inmate: Inmate) {}

  /** The first function that answers; null without one. */
  findAny(): number | null {
    for (let bdf = 0; bdf < functions; bdf++) {
      if (this.inmate.cpu.pciRead(bdf, places.vendor, 2) !== noVendor) return bdf;
    }
    return null;
  }

  /** The first function of this kind; null without one. */
  find(vendor: number, device: number): number | null {
    const { cpu } = this.inmate;
    for (let bdf = 0; bdf < functions; bdf++) {
      if (cpu.pciRead(bdf, places.vendor, 2) !== vendor) continue;
      if (cpu.pciRead(bdf, places.device, 2) === device) return bdf;
    }
    return null;
  }

  /** As the demos print it: of the number of the function, only two bits. */
  placeOf(bdf: number): string {
    return `${hex(bdf >> 8, 2)}:${hex((bdf >> 3) & 0x1f, 2)}.${hex(bdf & 3, 1)}`;
  }

  /** What it is, and where. */
  nameOf(bdf: number): string {
    const { cpu } = this.inmate;
    const vendor = hex(cpu.pciRead(bdf, places.vendor, 2), 4);
    const device = hex(cpu.pciRead(bdf, places.device, 2), 4);
    return `${vendor}:${device} at ${this.placeOf(bdf)}`;
  }

  /** Address in the first base address register, or the first two. */
  firstBar(bdf: number): bigint {
    const { cpu } = this.inmate;
    const low = cpu.pciRead(bdf, places.firstBar, 4);
    const isWide = (low & bar.typeMask) === bar.is64Bit;
    const high = isWide ? cpu.pciRead(bdf, places.firstBar + 4, 4) : 0;
    return ((BigInt(high) << 32n) | BigInt(low)) & ~bar.flags;
  }

  /** Lets the function answer in memory, and write itself. */
  enable(bdf: number): void {
    this.inmate.cpu.pciWrite(bdf, places.command, 2, command.memory | command.master);
  }

  /** A chain that goes in circles is followed forever. */
  *findCapability(bdf: number, id: number): Generator<Pause, number | null, void> {
    const { cpu } = this.inmate;
    if ((cpu.pciRead(bdf, places.status, 2) & hasCapabilities) === 0) return null;
    let place = cpu.pciRead(bdf, places.capabilities, 1);
    while (place !== 0) {
      if (cpu.pciRead(bdf, place, 1) === id) return place;
      yield relax;
      place = cpu.pciRead(bdf, (place + 1) & 0xff, 1);
    }
    return null;
  }

  /** Lets the function's first message cause an interrupt of this CPU; nothing where it has no MSI. */
  *setMsiVector(bdf: number, vector: number): Generator<Pause, void, void> {
    const { cpu } = this.inmate;
    const place = yield* this.findCapability(bdf, msi.id);
    if (place === null) return;
    cpu.pciWrite(bdf, place + 4, 4, (msi.addresses | (this.inmate.cpuId << 12)) >>> 0);
    const isWide = (cpu.pciRead(bdf, place + 2, 2) & msi.has64Bits) !== 0;
    if (isWide) cpu.pciWrite(bdf, place + 8, 4, 0);
    cpu.pciWrite(bdf, place + (isWide ? 12 : 8), 2, vector);
    cpu.pciWrite(bdf, place + 2, 2, msi.enabled);
  }

  /** Lets a message of MSI-X cause an interrupt of this CPU; nothing where there is no such one. */
  *setMsixVector(bdf: number, vector: number, index: number): Generator<Pause, void, void> {
    const { cpu } = this.inmate;
    const place = yield* this.findCapability(bdf, msix.id);
    if (place === null) return;
    const control = cpu.pciRead(bdf, place + 2, 2);
    if (index > (control & msix.lastIndex)) return;
    const table = this.msixTable(bdf, cpu.pciRead(bdf, place + 4, 4)) + msix.entrySize * index;
    cpu.pciWrite(bdf, place + 2, 2, control | msix.enabled | msix.masked);
    cpu.write32(table, (msi.addresses | (this.inmate.cpuId << 12)) >>> 0);
    cpu.write32(table + 4, 0);
    cpu.write32(table + 8, vector);
    cpu.write32(table + 12, 0);
    cpu.pciWrite(bdf, place + 2, 2, (control | msix.enabled) & ~msix.masked);
  }

  /** @param location offset in a region, with the number of the region in the low bits */
  private msixTable(bdf: number, location: number): number {
    const { cpu } = this.inmate;
    const register = places.firstBar + 4 * (location & 7);
    const low = cpu.pciRead(bdf, register, 4);
    const isWide = (low & bar.typeMask) === bar.is64Bit;
    const high = isWide ? cpu.pciRead(bdf, register + 4, 4) : 0;
    return high * 2 ** 32 + ((low & ~0xf) >>> 0) + ((location & ~7) >>> 0);
  }
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
