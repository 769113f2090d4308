export type PortSize = 1 | 2 | 4;

/** Registers that a device shows in the port space of x86. */
export interface PortDevice {
  /** @param port the whole number, not counted from the device's first one. @returns `size` bytes as a number without sign */
  read(port: number, size: PortSize): number;
  write(port: number, size: PortSize, value: number): void;
}

/** The 65536 ports of an x86 machine. An access belongs to the device at its first port. */
export class PortSpace {
  private readonly devices = new Map<number, PortDevice>();

  /** A device takes the place of one that was there before. */
  add(first: number, count: number, device: PortDevice): void {
    for (let port = first; port < first + count; port++) this.devices.set(port, device);
  }

  /** @returns all ones where no device is */
  read(port: number, size: PortSize): number {
    return this.devices.get(port)?.read(port, size) ?? 2 ** (8 * size) - 1;
  }

  write(port: number, size: PortSize, value: number): void {
    this.devices.get(port)?.write(port, size, value);
  }
}
