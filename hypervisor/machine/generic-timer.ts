import { cyclesAt, type Timers, timeOfCycles } from "./virtual-clock.js";

const control = { enable: 1, mask: 2, condition: 4 } as const;
/** Values behind that are never reached. */
const endOfTime = 2n ** 53n;

/**
 * A timer of a CPU: its line is high from the moment that the counter reaches the compare value (ARM ARM, the generic timer).
 * The counter is that of the system, without an offset.
 */
export class GenericTimer {
  private enabled = false;
  private masked = false;
  private compare = 0n;
  private cancel: () => void = () => {};

  /**
   * @param kilohertz of the counter
   * @param setLine told of each change, and again of what it knows
   */
  constructor(
    private readonly clock: Timers,
    private readonly kilohertz: number,
    private readonly setLine: (isHigh: boolean) => void,
  ) {}

  get count(): bigint {
    return BigInt(cyclesAt(this.clock.now, this.kilohertz));
  }

  get control(): number {
    const { enable, mask, condition } = control;
    return (this.enabled ? enable : 0) | (this.masked ? mask : 0) | (this.isReached ? condition : 0);
  }

  set control(value: number) {
    this.enabled = (value & control.enable) !== 0;
    this.masked = (value & control.mask) !== 0;
    this.update();
  }

  get compareValue(): bigint {
    return this.compare;
  }

  set compareValue(value: bigint) {
    this.compare = BigInt.asUintN(64, value);
    this.update();
  }

  /** What is left: 32 bits with a sign. */
  get timerValue(): number {
    return Number(BigInt.asIntN(32, this.compare - this.count));
  }

  set timerValue(value: number) {
    this.compareValue = this.count + BigInt(value | 0);
  }

  /** As the hypervisor leaves it for the next one: off. */
  reset(): void {
    this.enabled = false;
    this.masked = false;
    this.compareValue = 0n;
  }

  private get isReached(): boolean {
    return this.enabled && this.count >= this.compare;
  }

  private update(): void {
    this.cancel();
    this.cancel = () => {};
    this.setLine(this.isReached && !this.masked);
    if (!this.enabled || this.masked || this.isReached || this.compare >= endOfTime) return;
    const time = timeOfCycles(Number(this.compare), this.kilohertz);
    this.cancel = this.clock.at(time, () => this.update());
  }
}
