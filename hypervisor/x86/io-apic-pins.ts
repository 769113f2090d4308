import type { IoApic } from "../machine/io-apic.js";
import { type HardwareInterrupts, isLevelTriggered } from "./hardware-interrupts.js";

const tableStart = 0x10;

/** The lines that go into an I/O APIC, and what becomes of them. */
export class IoApicPins {
  private readonly asserted = new Set<number>();
  /** Vectors of pins whose last interrupt is not over. */
  private readonly inService = new Map<number, number>();

  /** @param source its id, as requests to an IOMMU have it: 16 bits */
  constructor(
    private readonly chip: IoApic,
    private readonly source: number,
    private readonly interrupts: HardwareInterrupts,
  ) {
    chip.onChange = () => this.sendWaiting();
  }

  /** An edge causes one interrupt; a level causes them for as long as it lasts. */
  set(pin: number, isHigh: boolean): void {
    if (!isHigh) {
      this.asserted.delete(pin);
    } else if (!this.asserted.has(pin)) {
      this.asserted.add(pin);
      this.send(pin);
    }
  }

  /** A processor is done with an interrupt. */
  endInterrupt(vector: number): void {
    for (const [pin, sent] of [...this.inService]) {
      if (sent !== vector) continue;
      this.inService.delete(pin);
      if (this.asserted.has(pin)) this.send(pin);
    }
  }

  /** A level that was masked, or led nowhere, may get through now. */
  private sendWaiting(): void {
    for (const pin of this.asserted) if (isLevelTriggered(this.low(pin))) this.send(pin);
  }

  private low(pin: number): number {
    return this.chip.register(tableStart + 2 * pin);
  }

  private send(pin: number): void {
    if (this.inService.has(pin)) return;
    const low = this.low(pin);
    const vector = this.interrupts.sendPin(this.source, low, this.chip.register(tableStart + 2 * pin + 1));
    if (vector !== null && isLevelTriggered(low)) this.inService.set(pin, vector);
  }
}
