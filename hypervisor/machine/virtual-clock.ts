/** Virtual time in nanoseconds since the machine was switched on: a whole number below 2^53, for about 104 days. */
export interface Clock {
  /** The time of whoever acts now. */
  readonly now: number;
}

/** Lets devices act by themselves. */
export interface Timers extends Clock {
  /** @returns what takes it back; without an effect once it has happened */
  at(time: number, action: () => void): () => void;
}

const nanosecondsPerSecond = 1_000_000_000;

/**
 * So many ticks a clock of a frequency has made: a whole number, exact below 2^53.
 *
 * @param hertz at most 9,000,000 for exact results; those of processors are given in kHz
 */
export function ticksAt(nanoseconds: number, hertz: number): number {
  const seconds = Math.floor(nanoseconds / nanosecondsPerSecond);
  const rest = nanoseconds - seconds * nanosecondsPerSecond;
  return seconds * hertz + Math.floor((rest * hertz) / nanosecondsPerSecond);
}

/** The first nanosecond at which a clock has made so many ticks. @param hertz at most 9,000,000 */
export function timeOfTicks(ticks: number, hertz: number): number {
  const seconds = Math.floor(ticks / hertz);
  return (
    seconds * nanosecondsPerSecond + Math.ceil(((ticks - seconds * hertz) * nanosecondsPerSecond) / hertz)
  );
}

/** @param kilohertz at most 9,000,000 */
export function cyclesAt(nanoseconds: number, kilohertz: number): number {
  const seconds = Math.floor(nanoseconds / nanosecondsPerSecond);
  const rest = nanoseconds - seconds * nanosecondsPerSecond;
  return seconds * kilohertz * 1000 + Math.floor((rest * kilohertz) / 1_000_000);
}

/** The first nanosecond at which a clock has made so many cycles. */
export function timeOfCycles(cycles: number, kilohertz: number): number {
  const seconds = Math.floor(cycles / (kilohertz * 1000));
  const rest = cycles - seconds * kilohertz * 1000;
  return seconds * nanosecondsPerSecond + Math.ceil((rest * 1_000_000) / kilohertz);
}
