import type { AccessSize, MmioDevice } from "./physical-memory.js";

const spaceSize = 4096;
const functionsOfBus = 256;

/** Bytes of the configuration space of a bus, where it is seen in memory. */
export const configSpaceOfBus = spaceSize * functionsOfBus;

/** Configuration space of a function: 4096 bytes. */
export class PciConfigSpace {
  readonly bytes = new Uint8Array(spaceSize);
  /** Bits that take what is written to them; the others stay as they are. */
  readonly writable = new Uint8Array(spaceSize).fill(0xff);

  /** @param offset 0 to 4095; what lies behind the space reads as ones. @returns `size` bytes as a number without sign */
  read(offset: number, size: 1 | 2 | 4): number {
    let value = 0;
    for (let index = size - 1; index >= 0; index--)
      value = value * 0x100 + (this.bytes[offset + index] ?? 0xff);
    return value;
  }

  write(offset: number, size: 1 | 2 | 4, value: number): void {
    for (let at = offset; at < Math.min(offset + size, spaceSize); at++) {
      const byte = value >>> (8 * (at - offset));
      const writable = this.writable[at]!;
      this.bytes[at] = (this.bytes[at]! & ~writable) | (byte & writable);
    }
  }
}

/** The functions of a machine, by bus, device and function. */
export class PciBus {
  private readonly functions = new Map<number, PciConfigSpace>();

  add(bdf: number, space: PciConfigSpace): void {
    this.functions.set(bdf, space);
  }

  remove(bdf: number): void {
    this.functions.delete(bdf);
  }

  /** @returns null where nothing answers: such reads give all ones */
  at(bdf: number): PciConfigSpace | null {
    return this.functions.get(bdf) ?? null;
  }

  /** How many functions there are. */
  get size(): number {
    return this.functions.size;
  }

  /** @param offset from the start of the function's space. @returns all ones where there is no function */
  read(bdf: number, offset: number, size: 1 | 2 | 4): number {
    return this.at(bdf)?.read(offset, size) ?? 2 ** (8 * size) - 1;
  }

  write(bdf: number, offset: number, size: 1 | 2 | 4, value: number): void {
    this.at(bdf)?.write(offset, size, value);
  }
}

/** Configuration spaces in memory, one after the other (PCI Express base specification, 7.2.2). */
export class ConfigSpaceInMemory implements MmioDevice {
  constructor(private readonly bus: PciBus) {}

  read(offset: number, size: AccessSize): bigint {
    if (size === 8) return this.read(offset, 4) | (this.read(offset + 4, 4) << 32n);
    return BigInt(this.bus.read(Math.floor(offset / spaceSize), offset % spaceSize, size));
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    const low = Number(BigInt.asUintN(32, value));
    this.bus.write(Math.floor(offset / spaceSize), offset % spaceSize, size === 8 ? 4 : size, low);
    if (size === 8) this.write(offset + 4, 4, value >> 32n);
  }
}
