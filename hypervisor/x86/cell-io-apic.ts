import type { Irqchip } from "../core/config/cell-config.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../core/mmio/mmio-access.js";

/** An I/O APIC of the machine, as the hypervisor keeps it: what cells last wrote to each pin. */
export interface PhysicalIoApic {
  readonly address: bigint;
  readonly pins: number;
  /** Low and high word of each pin. */
  readonly shadow: Uint32Array;
}

/** A cell's share of an I/O APIC. */
export class CellIoApic implements MmioHandler {
  readonly kind = "ioapic";
  /** Bit n: pin n is the cell's. */
  pins: bigint;
  index = 0;

  constructor(
    readonly info: Irqchip,
    readonly physical: PhysicalIoApic,
    private readonly answer: (chip: CellIoApic, access: MmioAccess, cpu: number) => MmioAnswer,
  ) {
    this.pins = info.pinBitmap;
  }

  access(access: MmioAccess, cpu: number): MmioAnswer {
    return this.answer(this, access, cpu);
  }
}
