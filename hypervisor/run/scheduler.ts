import type { Cell } from "../core/cell.js";
import type { World } from "../core/hypervisor.js";
import { HypervisorFault, MachineHang } from "../core/refusal.js";
import type { Timers } from "../machine/virtual-clock.js";
import type { Steps } from "./program.js";
import { ProgramThread, type ThreadHost } from "./program-thread.js";
import { TimerQueue } from "./timer-queue.js";

/** Limits of waiting. Times are virtual nanoseconds. */
export interface Patience {
  /** What one look of the hypervisor at a reply takes. */
  readonly look: number;
  /** So long the hypervisor waits for one cell before the simulation says that no answer comes. */
  readonly wait: number;
}

const defaultPatience: Patience = { look: 1000, wait: 10_000_000_000 };

/**
 * Runs the programs of all CPUs in one thread: each has its own time, and the one that is furthest behind goes next, of
 * equal ones the lowest CPU. So a run depends on nothing but what was started when.
 */
export class Scheduler implements World, Timers {
  private readonly threads = new Map<number, ProgramThread>();
  private readonly timers = new TimerQueue();
  /** Programs that are in the middle of a step: the last one runs, those before it wait in the hypervisor. */
  private readonly running: { readonly cpu: number; readonly thread: ProgramThread }[] = [];
  private base = 0;
  private waiting: { readonly cell: Cell; readonly since: number } | null = null;
  private ended: MachineHang | HypervisorFault | null = null;
  private readonly failures: unknown[] = [];

  /**
   * Told what a program has thrown, which is over then, or a timer, whose CPU is null. Without a listener it comes out of the
   * outermost call that lets time pass, when that is over: never out of what another program does.
   */
  onFailure: ((cpu: number | null, error: unknown) => void) | null = null;

  constructor(private readonly patience: Patience = defaultPatience) {}

  get now(): number {
    return this.running.at(-1)?.thread.time ?? this.base;
  }

  /** What has stopped the machine for good in the middle of a program's step: each later try to let time pass throws it. */
  get end(): MachineHang | HypervisorFault | null {
    return this.ended;
  }

  /** Whose program is in the middle of a step; null between two steps. */
  get runningCpu(): number | null {
    return this.running.at(-1)?.cpu ?? null;
  }

  private isRunning(cpu: number): boolean {
    return this.running.some((each) => each.cpu === cpu);
  }

  at(time: number, action: () => void): () => void {
    return this.timers.add(time, action);
  }

  /** Begins a program; one that was on this CPU is gone. */
  start(cpu: number, host: ThreadHost, steps: Steps): void {
    this.threads.set(cpu, new ProgramThread(host, steps, this.now));
  }

  stop(cpu: number): void {
    this.threads.delete(cpu);
  }

  /** What the CPU waits for may have come. */
  wake(cpu: number): void {
    const thread = this.threads.get(cpu);
    if (thread !== undefined && cpu !== this.runningCpu) thread.wake(this.now);
  }

  /** Time passes for the program that runs. */
  spend(cpu: number, nanoseconds: number): void {
    const thread = this.threads.get(cpu);
    if (thread !== undefined) thread.time += nanoseconds;
  }

  /** Whether a program is there that has not come to its end. */
  hasProgram(cpu: number): boolean {
    return this.threads.get(cpu)?.isOver === false;
  }

  runFor(nanoseconds: number): void {
    this.runUntil(this.base + nanoseconds);
  }

  runUntil(time: number): void {
    this.waiting = null;
    while (this.step(time)) {}
    this.base = Math.max(this.base, time);
    this.throwFailure();
  }

  /**
   * Until nothing has anything to do any more.
   *
   * @param limit of the time that passes
   * @returns false if that was not enough
   */
  runUntilIdle(limit: number): boolean {
    this.waiting = null;
    const end = this.base + limit;
    while (this.step(end)) {}
    this.throwFailure();
    if (this.nextTime === Number.POSITIVE_INFINITY) return true;
    this.base = Math.max(this.base, end);
    return false;
  }

  /** Without a limit of looks the time of a look does not matter. */
  run(awaited: Cell): boolean {
    if (this.ended !== null) throw this.ended;
    if (this.waiting?.cell !== awaited) this.waiting = { cell: awaited, since: this.base };
    const { nextTime } = this;
    if (nextTime === Number.POSITIVE_INFINITY) return false;
    if (this.base - this.waiting.since > this.patience.wait) return false;
    if (awaited.config.msgReplyTimeout === 0n) return this.step(nextTime);
    const end = this.base + this.patience.look;
    while (this.step(end)) {}
    this.base = Math.max(this.base, end);
    return true;
  }

  private get nextTime(): number {
    let next = this.timers.nextTime;
    for (const [cpu, thread] of this.threads) {
      if (!this.isRunning(cpu)) next = Math.min(next, thread.nextTime);
    }
    return next;
  }

  /** What is to happen next, if it is not later than the limit. */
  private step(limit: number): boolean {
    if (this.ended !== null) throw this.ended;
    let next: ProgramThread | null = null;
    let nextCpu = 0;
    let time = this.timers.nextTime;
    for (const [cpu, thread] of this.threads) {
      if (this.isRunning(cpu)) continue;
      const ownTime = thread.nextTime;
      if (ownTime < time || (ownTime === time && next !== null && cpu < nextCpu)) {
        next = thread;
        nextCpu = cpu;
        time = ownTime;
      }
    }
    if (time > limit || time === Number.POSITIVE_INFINITY) return false;
    this.base = Math.max(this.base, time);
    try {
      if (next === null) this.timers.take()();
      else this.runStep(nextCpu, next);
    } catch (error) {
      this.fail(next === null ? null : nextCpu, error);
    }
    return true;
  }

  private fail(cpu: number | null, error: unknown): void {
    if (error instanceof MachineHang || error instanceof HypervisorFault) {
      this.ended ??= error;
      throw error;
    }
    if (this.onFailure === null) this.failures.push(error);
    else this.onFailure(cpu, error);
  }

  /** Throws the first of the errors that nobody was told of. Between the steps of a program it is kept. */
  throwFailure(): void {
    if (this.failures.length === 0 || this.running.length > 0) return;
    const [first] = this.failures.splice(0);
    throw first;
  }

  private runStep(cpu: number, thread: ProgramThread): void {
    thread.wake(this.base);
    this.running.push({ cpu, thread });
    try {
      thread.step();
    } finally {
      this.running.pop();
    }
  }
}
