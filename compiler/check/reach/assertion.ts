import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, merged, overlap, without } from "../facts/intervals.js";
import { hasAny } from "./access.js";
import { type Access, type Answer, isByCpus, type Loss } from "./answer.js";
import { whoMayReach } from "./may-reach.js";
import type { Partition } from "./partition.js";
import { partitionsOf, whoReaches } from "./reach.js";
import { type Target, wholeOf } from "./target.js";

export type AccessKind = "read" | "write" | "execute" | "reach";

/** A policy over cells. `only`: these cells and no others. */
export interface Policy {
  readonly who: "these" | "only";
  readonly cells: readonly CheckedConfig[];
  readonly can: boolean;
  readonly access: AccessKind;
  readonly targets: readonly Target[];
}

/** Cells that exist at the same time, besides the root cell. */
export interface Situation {
  /** Of the scenario; null for all cells of the set. */
  readonly name: string | null;
  readonly cells: readonly CheckedConfig[];
}

/** A part of a target where a cell can what it must not, or cannot what it has to. */
export interface Violation {
  readonly situation: Situation;
  readonly cell: CheckedConfig;
  readonly can: boolean;
  readonly target: Target;
  readonly part: Interval;
  /** How it can; null where it cannot. */
  readonly access: Access | null;
  /** Where it cannot: what it can there all the same; null where that is nothing. */
  readonly near: Access | null;
  /** Who has taken it, where it cannot. */
  readonly losses: readonly Loss[];
}

/** Why a policy does not hold. A cell that can what it must not tells more than one that cannot what it has to. */
export interface CounterExample extends Violation {
  /** The other cells, each once, those that can what they must not first. */
  readonly others: readonly Violation[];
}

type Found = Pick<Violation, "part" | "access" | "near" | "losses">;

/** What the policies are about in each situation, worked out once for all of them: of a set that is not `undecidable`. */
export class PolicyJudge {
  readonly #partitions = new Map<Situation, readonly Partition[]>();

  constructor(
    readonly set: CheckedSet,
    readonly situations: readonly Situation[],
  ) {}

  /** One counter-example of each situation in which the policy does not hold. */
  judge(policy: Policy): readonly CounterExample[] {
    return this.situations.flatMap(
      (situation) => counterExample(policy, situation, this.#partitionsOf(situation)) ?? [],
    );
  }

  #partitionsOf(situation: Situation): readonly Partition[] {
    let partitions = this.#partitions.get(situation);
    if (partitions === undefined) {
      partitions = partitionsOf(this.set, situation.cells);
      this.#partitions.set(situation, partitions);
    }
    return partitions;
  }
}

function counterExample(
  policy: Policy,
  situation: Situation,
  partitions: readonly Partition[],
): CounterExample | undefined {
  const violations = violationsOf(policy, situation, partitions);
  const [first, ...others] = [
    ...violations.filter(({ can }) => can),
    ...violations.filter(({ can }) => !can),
  ];
  return first === undefined ? undefined : { ...first, others };
}

/** The first violation by each cell: what it must not on any of the machines, or cannot on one of them. */
function violationsOf(
  { who, cells, can, access, targets }: Policy,
  situation: Situation,
  partitions: readonly Partition[],
): readonly Violation[] {
  const present = [...partitions[0]!.views.keys()];
  const concerned = who === "only" ? present : present.filter((cell) => cells.includes(cell));
  const violations = new Map<CheckedConfig, Violation>();
  for (const target of targets) {
    const may = whoMayReach(partitions, target);
    const each = partitions.length === 1 ? [may] : partitions.map((one) => whoReaches(one, target));
    for (const cell of concerned) {
      if (violations.has(cell)) continue;
      const isToReach = cells.includes(cell) === can;
      const found = isToReach ? firstGap(cell, target, access, each) : wayOf(cell, access, may);
      if (found !== undefined) violations.set(cell, { situation, target, cell, can: !isToReach, ...found });
    }
  }
  return [...violations.values()];
}

/** A way that the cell has and must not have. */
function wayOf(cell: CheckedConfig, kind: AccessKind, { accesses }: Answer): Found | undefined {
  const access = accesses.find((each) => each.cell === cell && allows(each, kind));
  return access === undefined ? undefined : { part: access.range, access, near: null, losses: [] };
}

function firstGap(
  cell: CheckedConfig,
  target: Target,
  kind: AccessKind,
  answers: readonly Answer[],
): Found | undefined {
  for (const answer of answers) {
    const gap = gapOf(cell, target, kind, answer);
    if (gap !== undefined) return gap;
  }
  return undefined;
}

/** The first part of the target to which the cell has no way. */
function gapOf(
  cell: CheckedConfig,
  target: Target,
  kind: AccessKind,
  { accesses, losses }: Answer,
): Found | undefined {
  const reached = merged(
    accesses.filter((each) => each.cell === cell && allows(each, kind)).map(({ range }) => range),
  );
  const [part] = without(wholeOf(target), reached);
  if (part === undefined) return undefined;
  const isThere = (each: { readonly cell: CheckedConfig; readonly range: Interval }): boolean =>
    each.cell === cell && overlap(each.range, part);
  const lost = losses.filter(isThere);
  const near = accesses.filter(isThere);
  const byCpu = near.find(isByCpus);
  // What devices can do there tells less than who has taken it.
  return { part, access: null, near: byCpu ?? (lost.length > 0 ? null : (near[0] ?? null)), losses: lost };
}

function allows({ rights }: Access, kind: AccessKind): boolean {
  return kind === "reach" ? hasAny(rights) : rights[kind];
}
