import type { MappedRegisters } from "../mapped-registers.js";

const spaceSize = 4096;

/** How an architecture reaches configuration spaces without MMCONFIG. */
export interface OtherConfigAccess {
  read(bdf: number, address: number, size: 1 | 2 | 4): number;
  write(bdf: number, address: number, size: 1 | 2 | 4, value: number): void;
}

/** ARM has no other way: reads give all ones (hypervisor/arch/arm-common/pci.c). */
const none: OtherConfigAccess = { read: (_bdf, _address, size) => 2 ** (8 * size) - 1, write: () => {} };

/** Configuration spaces of the machine, as the hypervisor itself reads and writes them (hypervisor/pci.c:99-149). */
export class HardwareConfig {
  /** Null where the machine has no MMCONFIG, or only a virtual one. */
  window: MappedRegisters | null = null;
  other: OtherConfigAccess = none;

  constructor(private readonly endBus: number) {}

  /** @param address 16 bits are counted; one beyond a space is of the next function */
  read(bdf: number, address: number, size: 1 | 2 | 4): number {
    const at = address & 0xffff;
    if (this.window === null || bdf >> 8 > this.endBus) return this.other.read(bdf, at, size);
    return Number(this.window.read(bdf * spaceSize + at, size));
  }

  write(bdf: number, address: number, size: 1 | 2 | 4, value: number): void {
    const at = address & 0xffff;
    if (this.window === null || bdf >> 8 > this.endBus) this.other.write(bdf, at, size, value);
    else this.window.write(bdf * spaceSize + at, size, BigInt(value));
  }
}
