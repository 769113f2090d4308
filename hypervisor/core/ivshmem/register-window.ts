import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import type { EndFunction } from "./ivshmem-endpoint.js";

const registers = { id: 0x00, maxPeers: 0x04, interruptControl: 0x08, doorbell: 0x0c, state: 0x10 } as const;

/** What the registers show and do. */
export interface RegisteredEnd {
  readonly pciFunction: Pick<EndFunction, "info">;
  readonly interruptControl: number;
  readonly state: number;
  /** @returns false where a vector's target is outside of the cell */
  writeInterruptControl(value: number): boolean;
  ring(target: number, vector: number): void;
  writeState(state: number): void;
}

/**
 * The registers of an end. Only the offset decides, not the width: a write always counts with 32 bits, and what is no
 * register is silent (hypervisor/ivshmem.c:174-244).
 */
export class RegisterWindow implements MmioHandler {
  readonly kind = "ivshmem-regs";

  constructor(private readonly end: RegisteredEnd) {}

  access({ offset, written }: MmioAccess): MmioAnswer {
    if (written === null) return BigInt(this.read(offset));
    return this.write(offset, Number(BigInt.asUintN(32, written))) ? "done" : "denied";
  }

  private read(offset: number): number {
    const { info } = this.end.pciFunction;
    switch (offset) {
      case registers.id:
        return info.shmemDevId;
      case registers.maxPeers:
        return info.shmemPeers;
      case registers.interruptControl:
        return this.end.interruptControl;
      case registers.state:
        return this.end.state;
      default:
        return 0;
    }
  }

  private write(offset: number, value: number): boolean {
    switch (offset) {
      case registers.interruptControl:
        return this.end.writeInterruptControl(value);
      case registers.doorbell:
        this.end.ring(value >>> 16, value & 0xffff);
        return true;
      case registers.state:
        this.end.writeState(value);
        return true;
      default:
        return true;
    }
  }
}
