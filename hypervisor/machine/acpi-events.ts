import { pmTimerHertz } from "./pm-timer.js";
import type { PortDevice } from "./port-space.js";
import { type Timers, ticksAt, timeOfTicks } from "./virtual-clock.js";

/** The highest bit of the timer changes every so many ticks. */
const halfRange = 0x80_0000;
const timerBit = 0x1;

/** Status and enable registers of ACPI's fixed events: only that of the timer happens (ACPI specification 6.5, 4.8.3.1). */
export class AcpiEvents implements PortDevice {
  private enabled = 0;
  /** Changes of the highest bit that have been acknowledged. */
  private seen = 0;
  private cancel: () => void = () => {};

  /**
   * @param base of four ports: two of status, two of what may cause interrupts
   * @param setLine of the interrupt
   */
  constructor(
    private readonly base: number,
    private readonly timers: Timers,
    private readonly setLine: (isHigh: boolean) => void,
  ) {}

  read(port: number, size: number): number {
    const registers = this.status + this.enabled * 0x1_0000;
    return Math.floor(registers / 2 ** (8 * (port - this.base))) % 2 ** (8 * size);
  }

  /** Ones clear status bits. */
  write(port: number, size: number, value: number): void {
    for (let index = 0; index < size; index++) {
      const register = port + index - this.base;
      const byte = (value >>> (8 * index)) & 0xff;
      if (register === 0 && (byte & timerBit) !== 0) this.seen = this.changes;
      if (register === 2) this.enabled = (this.enabled & 0xff00) | byte;
      if (register === 3) this.enabled = (this.enabled & 0xff) | (byte << 8);
    }
    this.update();
  }

  private get changes(): number {
    return Math.floor(ticksAt(this.timers.now, pmTimerHertz) / halfRange);
  }

  private get status(): number {
    return this.changes > this.seen ? timerBit : 0;
  }

  private update(): void {
    this.cancel();
    this.cancel = () => {};
    const isEnabled = (this.enabled & timerBit) !== 0;
    const isHigh = isEnabled && this.status !== 0;
    this.setLine(isHigh);
    if (!isEnabled || isHigh) return;
    const next = timeOfTicks((this.changes + 1) * halfRange, pmTimerHertz);
    this.cancel = this.timers.at(next, () => this.update());
  }
}
