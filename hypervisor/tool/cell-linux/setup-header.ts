import { ScriptCrash } from "../script-crash.js";

/** Where the header of a kernel of x86 begins (Linux, Documentation/arch/x86/boot.rst). */
const base = 0x1f0;
/** Bytes of it that are looked at. */
const needed = 112;
const places = {
  setupSectors: 0x1f1,
  systemSize: 0x1f4,
  jump: 0x200,
  loaderType: 0x210,
  ramdiskImage: 0x218,
  ramdiskSize: 0x21c,
  commandLine: 0x228,
  alignment: 0x230,
  payloadOffset: 0x248,
  setupData: 0x250,
  preferredAddress: 0x258,
} as const;

type Place = keyof typeof places;

/** The header of a kernel image, to be changed by whoever loads it. */
export class SetupHeader {
  readonly bytes: Uint8Array;
  /** In bytes: its end is told by the jump at its place 0x200. */
  readonly size: number;
  private readonly image: DataView;

  constructor(kernel: Uint8Array) {
    if (kernel.length < base + needed) {
      throw new ScriptCrash(`struct.error: unpack requires a buffer of ${needed} bytes`);
    }
    this.image = new DataView(kernel.buffer, kernel.byteOffset, kernel.byteLength);
    this.size = 0x202 + (this.image.getUint16(places.jump, true) >> 8) - base;
    this.bytes = kernel.slice(base, base + this.size);
  }

  /** Bytes of the image before the code that runs in protected mode. */
  get setupSize(): number {
    return (this.image.getUint8(places.setupSectors) + 1) * 512;
  }

  /** From the start of that code. */
  get payloadOffset(): number {
    return this.image.getUint32(places.payloadOffset, true);
  }

  get preferredAddress(): bigint {
    return this.image.getBigUint64(places.preferredAddress, true);
  }

  /** @throws ScriptCrash where the value, or the place, does not fit */
  set(place: Place, size: 1 | 4 | 8, value: bigint): void {
    const at = places[place] - base;
    // Only the address of a ramdisk can be negative, or too large.
    if (value < 0n || value >= 1n << 64n) throw new ScriptCrash("struct.error: argument out of range");
    if (value >= 1n << BigInt(8 * size)) {
      throw new ScriptCrash(`struct.error: 'I' format requires 0 <= number <= 4294967295`);
    }
    if (at + size > this.bytes.length) {
      throw new ScriptCrash(
        `struct.error: pack_into requires a buffer of at least ${at + size} bytes for packing ${size} bytes at offset ${at} ` +
          `(actual buffer size is ${this.bytes.length})`,
      );
    }
    for (let index = 0; index < size; index++) {
      this.bytes[at + index] = Number((value >> BigInt(8 * index)) & 0xffn);
    }
  }
}
