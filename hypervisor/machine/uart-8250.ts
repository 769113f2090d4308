import { textOfByte } from "../../schema/text.js";
import type { PortDevice } from "./port-space.js";
import { SerialLine } from "./serial-line.js";

const registers = { data: 0, interruptEnable: 1, lineControl: 3, lineStatus: 5, modemStatus: 6 } as const;
const divisorAccess = 0x80;
/** Transmitter empty, and its holding register, too: it sends at once. */
const idle = 0x60;
/** Someone is there who can receive. */
const connected = 0xb0;

/** A serial line: what is written to it can be heard; nothing ever arrives (National Semiconductor PC16550D). */
export class Uart8250 extends SerialLine implements PortDevice {
  private readonly values = new Uint8Array(8);
  private readonly divisor = new Uint8Array(2);

  /** @param base its first port of 8 */
  constructor(readonly base: number) {
    super();
  }

  read(port: number, size: number): number {
    let value = 0;
    for (let index = size - 1; index >= 0; index--) {
      value = value * 256 + this.registerAt(port + index - this.base);
    }
    return value;
  }

  private registerAt(register: number): number {
    if (register >= this.values.length) return 0xff;
    if (register === registers.lineStatus) return idle;
    if (register === registers.modemStatus) return connected;
    if (this.showsDivisor && register <= registers.interruptEnable) return this.divisor[register]!;
    return register === registers.data ? 0 : this.values[register]!;
  }

  /** A wider access writes the lowest byte only. */
  write(port: number, _size: number, value: number): void {
    const register = port - this.base;
    if (this.showsDivisor && register <= registers.interruptEnable) this.divisor[register] = value;
    else if (register === registers.data) this.send(textOfByte(value & 0xff));
    else this.values[register] = value;
  }

  private get showsDivisor(): boolean {
    return (this.values[registers.lineControl]! & divisorAccess) !== 0;
  }
}
