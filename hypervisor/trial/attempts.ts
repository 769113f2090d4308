import type { GuestCpu } from "../run/guest-cpu.js";
import { type StepFailure, TrialMachine, type TrialSetup } from "./trial-machine.js";

/** One way to try something. */
export interface Way {
  /**
   * Makes the accesses on a CPU of the cell.
   *
   * @returns false where it got an answer that says no; what the hypervisor denies is thrown
   */
  readonly make: (cpu: GuestCpu) => boolean;
  /** It changes what the machine is: another one is taken for what comes next. */
  readonly spoils?: boolean;
}

export interface Verdict {
  readonly can: boolean;
  /** Of the last way that was denied; of none where one went through. */
  readonly consoleLines: readonly string[];
}

/** Ways to try something, worked out on the machine on which they are tried. Null: nothing need be tried, it is never possible. */
export type WaysOn = (machine: TrialMachine) => readonly Way[];

/** The machine of a trial cannot be made ready once more: what a trial wants to know cannot be asked. */
export class NotReady extends Error {
  override readonly name = "NotReady";

  constructor(readonly failure: StepFailure) {
    super(failure.reason);
  }
}

/** A denied access takes a CPU away: cells are started anew then, and machines made anew where that does not do. */
export class Attempts {
  private current: TrialMachine | null = null;
  private tried = 0;
  private last: TrialMachine | null = null;

  constructor(private readonly setup: TrialSetup) {}

  /** With all cells running. @throws NotReady where it does not get that far */
  get machine(): TrialMachine {
    if (this.current !== null) return this.current;
    const machine = new TrialMachine(this.setup);
    const failure = machine.prepare();
    if (failure !== null) throw new NotReady(failure);
    this.current = machine;
    this.last = machine;
    return machine;
  }

  /** Ways that were tried so far. */
  get count(): number {
    return this.tried;
  }

  /** Tries one way after the other until one goes through. @param cell number in the setup; -1 is the root cell */
  ask(cell: number, waysOn: WaysOn): Verdict {
    let consoleLines: readonly string[] = [];
    for (let index = 0; ; index++) {
      const way = waysOn(this.machine)[index];
      if (way === undefined) return { can: false, consoleLines };
      this.tried += 1;
      let isThrough = false;
      const { machine } = this;
      const course = machine.make(this.cpuFor(cell), (cpu) => {
        isThrough = way.make(cpu);
      });
      if (way.spoils === true) this.current = null;
      if (course.kind === "done" && isThrough) return { can: true, consoleLines: [] };
      if (course.kind === "parked" || course.kind === "ended") consoleLines = course.consoleLines;
      if (course.kind === "parked") this.mend(cell);
      else if (course.kind !== "done") this.current = null;
    }
  }

  /** Of a machine whose cell runs. */
  private cpuFor(cell: number): number {
    const cpu = this.machine.cpuOf(cell);
    if (cpu !== null) return cpu;
    this.current = null;
    return this.machine.cpuOf(cell)!;
  }

  /** The root cell cannot be started anew: it goes on as long as the driver and another CPU are there. */
  mend(cell: number): void {
    const machine = this.current;
    if (machine === null) return;
    const isMended = cell < 0 ? machine.ableCpusOf(cell) >= 2 : machine.restart(cell) === null;
    if (!isMended) this.current = null;
  }

  /** What the hypervisor has printed last on the machine that was used last. */
  lastLines(most: number): readonly string[] {
    return this.last?.console.linesFrom(0, most) ?? [];
  }

  /** The next thing is tried on another machine. */
  forget(): void {
    this.current = null;
  }
}
