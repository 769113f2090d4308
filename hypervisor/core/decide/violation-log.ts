import type { Hypervisor } from "../hypervisor.js";
import type { CellAccess } from "./access.js";
import { decide } from "./decide.js";
import type { Decision } from "./decision.js";
import type { Denial, Outcome } from "./denials.js";
import { sceneOf } from "./scene-of.js";

/** What a cell was not allowed to do, and which entries of the configs decided that. */
export interface Violation {
  /** Name of the cell whose CPU it was, or whose device. */
  readonly cell: string;
  readonly isRoot: boolean;
  /** As Linux numbers it; null for a device. */
  readonly cpu: number | null;
  /** Virtual nanoseconds. */
  readonly time: number;
  /** What the CPU has done; `decision.access` is what it was for the hypervisor. */
  readonly access: CellAccess;
  readonly outcome: Outcome;
  /** What the console says of it, without the registers; empty for silent ones. */
  readonly text: string;
  readonly decision: Decision;
  /** How many times the same has happened: of those that do not end the program, the first one is kept. */
  readonly times: number;
}

/** So many of those that park or stop a CPU are kept, and so many of all others. */
export interface ViolationLimits {
  readonly fatal: number;
  readonly mild: number;
}

const usualLimits: ViolationLimits = { fatal: 1000, mild: 1000 };

/** The violations of a simulation, in the order in which they happened. */
export class ViolationLog {
  private readonly kept: Violation[] = [];
  private readonly places = new Map<string, number>();
  private fatal = 0;
  private dropped = 0;
  /** Told of each one that is kept. */
  onViolation: (violation: Violation) => void = () => {};

  /** @param now the virtual time, in nanoseconds */
  constructor(
    private readonly now: () => number,
    private readonly limits: ViolationLimits = usualLimits,
  ) {}

  get all(): readonly Violation[] {
    return this.kept;
  }

  /** How many different ones were left out, since there are too many. */
  get leftOut(): number {
    return this.dropped;
  }

  /** Listens to a hypervisor from now on. */
  watch(hypervisor: Hypervisor): void {
    hypervisor.denials.listener = (denial) => this.add(hypervisor, denial);
  }

  clear(): void {
    this.kept.length = 0;
    this.places.clear();
    this.fatal = 0;
    this.dropped = 0;
  }

  private add(hypervisor: Hypervisor, denial: Denial): void {
    const isFatal = denial.outcome === "parked" || denial.outcome === "stopped";
    const key = isFatal ? null : keyOf(denial);
    const place = key === null ? undefined : this.places.get(key);
    if (place !== undefined) {
      const known = this.kept[place]!;
      this.kept[place] = { ...known, times: known.times + 1 };
      return;
    }
    if (isFatal ? this.fatal >= this.limits.fatal : this.kept.length - this.fatal >= this.limits.mild) {
      this.dropped++;
      return;
    }
    if (isFatal) this.fatal++;
    if (key !== null) this.places.set(key, this.kept.length);
    const { cell, cpu, access, cause, outcome, text } = denial;
    const { name } = cell.config;
    const decision = refused(decide(cause ?? access, sceneOf(hypervisor, cell)), denial);
    const { isRoot } = cell;
    const violation = {
      cell: name,
      isRoot,
      cpu,
      time: this.now(),
      access,
      outcome,
      text,
      decision,
      times: 1,
    };
    this.kept.push(violation);
    this.onViolation(violation);
  }
}

/** What the configs do not explain is not said to be granted. */
function refused(decision: Decision, { outcome }: Denial): Decision {
  const isFatal = outcome === "parked" || outcome === "stopped";
  const verdict = isFatal || isOfDevice(decision.access) ? "denied" : "dropped";
  if (decision.verdict !== "granted") return { ...decision, verdict };
  return {
    ...decision,
    verdict,
    text: "the configs grant it, and the hypervisor has refused it all the same",
  };
}

function keyOf({ cell, cpu, access, cause, outcome }: Denial): string {
  return JSON.stringify([cell.config.id, cell.config.name, cpu, outcome, access, cause]);
}

function isOfDevice({ kind }: CellAccess): boolean {
  return kind === "dma" || kind === "stream";
}
