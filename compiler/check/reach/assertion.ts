import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, merged, overlap, without } from "../facts/intervals.js";
import { hasAny } from "./access.js";
import type { Access, Answer, Loss } from "./answer.js";
import type { Partition } from "./partition.js";
import { partitionOf, whoReaches } from "./reach.js";
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

/** Why a policy does not hold: a part of a target where a cell can what it must not, or cannot what it has to. */
export interface CounterExample {
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

type Found = Pick<CounterExample, "part" | "access" | "near" | "losses">;

/** What the policies are about in each situation, worked out once for all of them: of a set that is not `undecidable`. */
export class PolicyJudge {
  readonly #partitions = new Map<Situation, Partition>();

  constructor(
    readonly set: CheckedSet,
    readonly situations: readonly Situation[],
  ) {}

  /** The first counter-example of each situation in which the policy does not hold. */
  judge(policy: Policy): readonly CounterExample[] {
    return this.situations.flatMap(
      (situation) => counterExample(policy, situation, this.#partitionOf(situation)) ?? [],
    );
  }

  #partitionOf(situation: Situation): Partition {
    let partition = this.#partitions.get(situation);
    if (partition === undefined) {
      partition = partitionOf(this.set, situation.cells);
      this.#partitions.set(situation, partition);
    }
    return partition;
  }
}

function counterExample(
  { who, cells, can, access, targets }: Policy,
  situation: Situation,
  partition: Partition,
): CounterExample | undefined {
  const present = [...partition.views.keys()];
  const named = present.filter((cell) => cells.includes(cell));
  const others = who === "only" ? present.filter((cell) => !cells.includes(cell)) : [];
  for (const target of targets) {
    const answer = whoReaches(partition, target);
    const common = { situation, target };
    for (const [group, isToReach] of [
      [named, can],
      [others, !can],
    ] as const) {
      for (const cell of group) {
        const found = isToReach ? gapOf(cell, target, access, answer) : wayOf(cell, access, answer);
        if (found !== undefined) return { ...common, cell, can: !isToReach, ...found };
      }
    }
  }
  return undefined;
}

/** A way that the cell has and must not have. */
function wayOf(cell: CheckedConfig, kind: AccessKind, { accesses }: Answer): Found | undefined {
  const access = accesses.find((each) => each.cell === cell && allows(each, kind));
  return access === undefined ? undefined : { part: access.range, access, near: null, losses: [] };
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
  const byCpu = near.find(({ by }) => by.some((agent) => agent.kind === "cpu"));
  // What devices can do there tells less than who has taken it.
  return { part, access: null, near: byCpu ?? (lost.length > 0 ? null : (near[0] ?? null)), losses: lost };
}

function allows({ rights }: Access, kind: AccessKind): boolean {
  return kind === "reach" ? hasAny(rights) : rights[kind];
}
