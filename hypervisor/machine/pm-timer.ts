import type { PortDevice } from "./port-space.js";
import { type Clock, ticksAt } from "./virtual-clock.js";

/** ACPI specification 6.5, 4.8.3.3. */
export const pmTimerHertz = 3_579_545;

/** The power management timer of ACPI: a counter of 24 or 32 bits at four ports. */
export class PmTimer implements PortDevice {
  constructor(
    private readonly base: number,
    private readonly clock: Clock,
    private readonly bits: 24 | 32,
  ) {}

  read(port: number, size: number): number {
    const count = ticksAt(this.clock.now, pmTimerHertz) % 2 ** this.bits;
    return Math.floor(count / 2 ** (8 * (port - this.base))) % 2 ** (8 * size);
  }

  /** It cannot be set. */
  write(): void {}
}
