import type { AccessSize, MmioDevice } from "./physical-memory.js";

const registers = { index: 0x00, data: 0x10, eoi: 0x40 } as const;
const version = 0x20;
const masked = 0x1_0000;

/** An I/O APIC: two words for each pin, reached through an index register (Intel 82093AA, section 3). */
export class IoApic implements MmioDevice {
  private index = 0;
  /** Told when the entry of a pin has been written. */
  onChange: () => void = () => {};
  /** Low and high word of each pin. */
  private readonly table: Uint32Array;

  constructor(
    readonly address: number,
    readonly pins = 24,
  ) {
    this.table = new Uint32Array(2 * pins).map((_, word) => (word % 2 === 0 ? masked : 0));
  }

  read(offset: number, _size: AccessSize): bigint {
    if (offset === registers.index) return BigInt(this.index);
    return offset === registers.data ? BigInt(this.register(this.index)) : 0n;
  }

  write(offset: number, _size: AccessSize, value: bigint): void {
    const word = Number(BigInt.asUintN(32, value));
    if (offset === registers.index) this.index = word & 0xff;
    else if (offset === registers.data) this.setRegister(this.index, word);
  }

  /** @param index as the index register takes it */
  register(index: number): number {
    if (index === 0x01) return ((this.pins - 1) << 16) | version;
    return this.table[index - 0x10] ?? 0;
  }

  setRegister(index: number, value: number): void {
    if (index < 0x10 || index >= 0x10 + this.table.length) return;
    this.table[index - 0x10] = value;
    this.onChange();
  }
}
