import type { PortDevice, PortSpace } from "./port-space.js";

/** Registers that keep what is written to them, and do nothing else. */
class QuietRegisters implements PortDevice {
  private readonly values = new Map<number, number>();

  constructor(private readonly initial: number) {}

  read(port: number, size: number): number {
    let value = 0;
    for (let index = size - 1; index >= 0; index--) {
      value = value * 256 + (this.values.get(port + index) ?? this.initial);
    }
    return value;
  }

  write(port: number, size: number, value: number): void {
    for (let index = 0; index < size; index++) this.values.set(port + index, (value >>> (8 * index)) & 0xff);
  }
}

/** The clock of the PC: an index at 0x70, and 128 bytes behind it. */
class RealTimeClock implements PortDevice {
  private index = 0;
  private readonly bytes = new Uint8Array(128);

  read(port: number): number {
    return port === 0x70 ? this.index : this.bytes[this.index]!;
  }

  write(port: number, _size: number, value: number): void {
    if (port === 0x70) this.index = value & 0x7f;
    else this.bytes[this.index] = value;
  }
}

/** The keyboard controller without a keyboard: its buffers are empty, so that every command is taken. */
class KeyboardController implements PortDevice {
  read(port: number): number {
    return port === 0x64 ? 0x1c : 0;
  }

  write(): void {}
}

/** What every PC has at its first ports, as far as cells can look at it: two PICs, PIT, keyboard controller, RTC. */
export function addLegacyDevices(ports: PortSpace): void {
  ports.add(0x20, 2, new QuietRegisters(0));
  ports.add(0xa0, 2, new QuietRegisters(0xff));
  ports.add(0x40, 4, new QuietRegisters(0));
  const keyboard = new KeyboardController();
  ports.add(0x60, 1, keyboard);
  ports.add(0x61, 1, new QuietRegisters(0));
  ports.add(0x64, 1, keyboard);
  ports.add(0x70, 2, new RealTimeClock());
}
