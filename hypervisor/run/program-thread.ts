import type { Steps } from "./program.js";
import { CpuParked, CpuStopped } from "./program-end.js";

/** What surrounds a running program: the CPU, and what the hypervisor says of it. */
export interface ThreadHost {
  /** False while the CPU is suspended, and for good once it is parked, stopped or waits for a start. */
  readonly mayRun: boolean;
  /** An interrupt is pending that the CPU takes between two steps. */
  readonly hasInterrupt: boolean;
  /** An interrupt is pending, whether the CPU takes it or not. */
  readonly isSignalled: boolean;
  /** What handles it; null if the program has nothing for it. Interrupts are off until it is over. */
  takeInterrupt(): Steps | null;
  /** A handler is over. */
  returnFromInterrupt(): void;
}

interface Frame {
  readonly steps: Steps;
  /** Infinite until an interrupt comes. */
  resumeAt: number;
  /** Then an interrupt that is not taken will do, too. */
  waits: boolean;
}

/** While a program looks at something again and again, it looks every so many nanoseconds. */
const relaxTime = 10_000;
/** What each step takes at least, in nanoseconds. */
const leastDelay = 1;

/** A program on a CPU, with the handlers that have interrupted it, on the CPU's own time. */
export class ProgramThread {
  /** Nanoseconds. */
  time: number;
  private readonly frames: Frame[];

  constructor(
    private readonly host: ThreadHost,
    steps: Steps,
    start: number,
  ) {
    this.time = start;
    this.frames = [{ steps, resumeAt: start, waits: false }];
  }

  get isOver(): boolean {
    return this.frames.length === 0;
  }

  /** When it has something to do next; infinite if only others can wake it. */
  get nextTime(): number {
    const frame = this.frames.at(-1);
    if (frame === undefined || !this.host.mayRun) return Number.POSITIVE_INFINITY;
    return this.host.hasInterrupt || this.isAwaited(frame) ? this.time : frame.resumeAt;
  }

  private isAwaited({ waits }: Frame): boolean {
    return waits && this.host.isSignalled;
  }

  /** Someone has done something to the CPU: it cannot see that earlier. */
  wake(time: number): void {
    this.time = Math.max(this.time, time);
  }

  /** Lets it go on until it waits again. What it throws, but for the ends of programs, comes out; it is over then. */
  step(): void {
    try {
      this.goOn();
    } catch (error) {
      this.frames.length = 0;
      if (!(error instanceof CpuParked) && !(error instanceof CpuStopped)) throw error;
    }
  }

  private goOn(): void {
    const { host } = this;
    const frame = this.frames.at(-1)!;
    const { resumeAt } = frame;
    if (host.hasInterrupt) {
      const handler = host.takeInterrupt();
      if (handler !== null) this.frames.push({ steps: handler, resumeAt: this.time, waits: false });
      else this.endHalt();
    } else if (this.isAwaited(frame)) {
      // One that waits again and again for what it does not take must not keep the others from going on.
      this.time += leastDelay;
      this.endHalt();
    } else {
      this.time = Math.max(this.time, resumeAt);
    }
    this.run(this.frames.at(-1)!);
  }

  private run(frame: Frame): void {
    if (frame.resumeAt > this.time) return;
    const { done, value } = frame.steps.next();
    frame.waits = done !== true && value.kind === "wait";
    if (done === true) this.endFrame();
    else if (value.kind === "halt" || value.kind === "wait") frame.resumeAt = Number.POSITIVE_INFINITY;
    else frame.resumeAt = this.time + (value.kind === "delay" ? delayOf(value.nanoseconds) : relaxTime);
  }

  private endFrame(): void {
    this.frames.pop();
    if (this.isOver) return;
    this.host.returnFromInterrupt();
    this.endHalt();
  }

  /** A processor that was halted goes on behind the instruction. */
  private endHalt(): void {
    const frame = this.frames.at(-1)!;
    if (frame.resumeAt === Number.POSITIVE_INFINITY) frame.resumeAt = this.time;
  }
}

/** Time passes with each step, whatever the program says: one that waits for nothing must not keep the others from going on. */
function delayOf(nanoseconds: number): number {
  return nanoseconds > leastDelay ? Math.ceil(nanoseconds) : leastDelay;
}
