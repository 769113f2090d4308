import type { CellConfig } from "../config/cell-config.js";
import type { DecidingEntry } from "./decision.js";

/** A step in the life of a cell that takes something from the root cell, or gives it back. */
export interface HandOver {
  readonly step: "created" | "loadable" | "started" | "destroyed";
  readonly config: CellConfig;
}

/** More steps are kept only if they are different. */
const mostSteps = 1000;

/** The steps of all cells, those that are gone too: what the root cell has follows from their order. */
export class HandOvers {
  private kept: HandOver[] = [];
  private limit = mostSteps;

  get all(): readonly HandOver[] {
    return this.kept;
  }

  note(step: HandOver["step"], config: CellConfig): void {
    this.kept.push({ step, config });
    if (this.kept.length <= this.limit) return;
    this.kept = latest(this.kept);
    this.limit = Math.max(mostSteps, 2 * this.kept.length);
  }
}

/** Of equal steps the last one: it does all that the others have done. */
function latest(steps: readonly HandOver[]): HandOver[] {
  const known = new Set<string>();
  const kept: HandOver[] = [];
  for (const each of steps.toReversed()) {
    const { name, memoryRegions, irqchips, portRanges, pciDevices } = each.config;
    const text = JSON.stringify(
      [each.step, name, memoryRegions, irqchips, portRanges, pciDevices],
      (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value),
    );
    if (known.has(text)) continue;
    known.add(text);
    kept.push(each);
  }
  return kept.reverse();
}

/** What a step does to something of the root cell's. */
export interface Effects {
  /** Indices of the entries that take it. */
  readonly takes: (step: HandOver) => readonly number[];
  /** Whether it is given back, if the root cell's config has it. */
  readonly returns: (step: HandOver) => boolean;
}

export interface Whereabouts {
  /** Entries that have taken it and not given it back: without all of them the root cell has it. */
  readonly takers: readonly Pick<DecidingEntry, "cell" | "index">[];
  /** It was given back at least once. */
  readonly cameBack: boolean;
}

export function whereaboutsOf(steps: readonly HandOver[], { takes, returns }: Effects): Whereabouts {
  let takers: { readonly cell: string; readonly index: number }[] = [];
  let cameBack = false;
  for (const step of steps) {
    if (returns(step)) {
      takers = [];
      cameBack = true;
    }
    for (const index of takes(step)) takers.push({ cell: step.config.name, index });
  }
  return { takers, cameBack };
}
