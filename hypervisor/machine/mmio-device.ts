/** Registers that a device shows in the physical address space. */
export interface MmioDevice {
  /** @param offset from the start of the device; @param size 1, 2, 4 or 8 bytes */
  read(offset: number, size: AccessSize): bigint;
  write(offset: number, size: AccessSize, value: bigint): void;
}

export type AccessSize = 1 | 2 | 4 | 8;

/** Where a device lies. */
export interface DeviceWindow {
  readonly start: number;
  readonly end: number;
  readonly device: MmioDevice;
}
