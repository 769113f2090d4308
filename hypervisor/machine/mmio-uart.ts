import type { AccessSize, MmioDevice } from "./physical-memory.js";
import { RegisterFile } from "./register-file.js";
import { SerialLine } from "./serial-line.js";
import { Uart8250 } from "./uart-8250.js";

/** A serial line in memory. */
export type LineInMemory = SerialLine & MmioDevice;

/** Registers by which a chip is used: where characters are put, and what it shows of itself. */
interface Chip {
  readonly data: number;
  /** Registers that say that it is idle, and that cannot be written. */
  readonly fixed: readonly (readonly [number, number])[];
  /** What an operating system has left in it. */
  readonly initial?: readonly (readonly [number, number])[];
}

/** By `JAILHOUSE_CON_TYPE_*` (inmates/lib/arm-common/uart-*.c). */
const chips: ReadonlyMap<number, Chip> = new Map([
  // PL011: nothing in either FIFO.
  [3, { data: 0x00, fixed: [[0x18, 0x90]] }],
  // XUARTPS: nothing to send, nothing received.
  [4, { data: 0x30, fixed: [[0x2c, 0x0a]] }],
  // MVEBU.
  [5, { data: 0x04, fixed: [[0x0c, 0x60]] }],
  // HSCIF, SCIFA and SCIF: the FIFO has room, and all is sent.
  [6, { data: 0x0c, fixed: [[0x10, 0x60]] }],
  [7, { data: 0x20, fixed: [[0x14, 0x60]] }],
  [10, { data: 0x0c, fixed: [[0x10, 0x60]] }],
  // IMX, switched on.
  [8, { data: 0x40, fixed: [[0xb4, 0x40]], initial: [[0x80, 0x1]] }],
  // IMX-LPUART: all is sent.
  [9, { data: 0x1c, fixed: [[0x14, 0x00c0_0000]] }],
]);
const uart8250 = 2;

/** Whether characters go out by their registers alone; others are frame buffers, or nothing. */
export function isSerialType(type: number): boolean {
  return type === uart8250 || chips.has(type);
}

/**
 * A serial line that sends at once, and that nothing arrives at.
 *
 * @param type `JAILHOUSE_CON_TYPE_*` of a chip
 * @param isDense registers of an 8250 are bytes next to each other, not words
 */
export function lineInMemory(type: number, isDense: boolean): LineInMemory | null {
  if (type === uart8250) return new Uart8250InMemory(isDense ? 1 : 4);
  const chip = chips.get(type);
  return chip === undefined ? null : new SimpleUart(chip);
}

class SimpleUart extends SerialLine implements MmioDevice {
  private readonly registers: RegisterFile;

  constructor(private readonly chip: Chip) {
    super();
    this.registers = new RegisterFile(new Map(chip.fixed), new Map(chip.initial ?? []));
  }

  read(offset: number, size: AccessSize): bigint {
    return offset === this.chip.data ? 0n : this.registers.read(offset, size);
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    if (offset === this.chip.data) this.send(String.fromCharCode(Number(value & 0xffn)));
    else this.registers.writeLowBytes(offset, size, value);
  }
}

class Uart8250InMemory extends SerialLine implements MmioDevice {
  private readonly registers = new Uart8250(0);

  constructor(private readonly stride: 1 | 4) {
    super();
    this.registers.listen((text) => {
      this.registers.take();
      this.send(text);
    });
  }

  read(offset: number): bigint {
    return offset % this.stride === 0 ? BigInt(this.registers.read(offset / this.stride, 1)) : 0n;
  }

  write(offset: number, _size: AccessSize, value: bigint): void {
    if (offset % this.stride === 0) this.registers.write(offset / this.stride, 1, Number(value & 0xffn));
  }
}
