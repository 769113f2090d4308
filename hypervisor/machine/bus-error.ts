import type { AccessSize, MmioDevice } from "./mmio-device.js";

/** Nothing answers an access, and the bus says so: processors of ARM take an abort for it. */
export class BusError extends Error {
  override readonly name = "BusError";

  /** @param address physical */
  constructor(readonly address: number) {
    super(`nothing answers at physical address 0x${address.toString(16)}`);
  }
}

/** Where nothing is on a PC: reads give all ones, writes are lost. */
export const openBus: MmioDevice = {
  read: (_offset, size) => BigInt.asUintN(8 * size, -1n),
  write: () => {},
};

/** Where nothing is on a board of ARM. */
export const failingBus: MmioDevice = {
  read: (offset: number, _size: AccessSize) => {
    throw new BusError(offset);
  },
  write: (offset: number) => {
    throw new BusError(offset);
  },
};
