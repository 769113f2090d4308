import { type Equivalent, isEquivalent } from "./equivalents.js";
import type { Mutation } from "./mutation.js";
import type { Judgement } from "./verdict.js";

/** Percent of the mutants of a family that have to be killed. */
export const required = 90;

/** Figures of a group of mutants: a family, or a kind. */
export interface Figures {
  readonly name: string;
  /** Those that count: programs that are not equivalent to the original. */
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
}

export function percentKilled({ mutants, killed }: Figures): number {
  return mutants === 0 ? 100 : (100 * killed) / mutants;
}

export function isEnough(figures: Figures): boolean {
  return figures.killed * 100 >= required * figures.mutants;
}

/** By group, in alphabetical order. */
export function figuresBy(
  judgements: readonly Judgement[],
  equivalents: readonly Equivalent[],
  groupOf: (mutation: Mutation) => string,
): readonly Figures[] {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    const name = groupOf(judgement.mutation);
    groups.set(name, [...(groups.get(name) ?? []), judgement]);
  }
  return [...groups]
    .map(([name, members]) => figuresOf(name, members, equivalents))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

export function figuresOf(
  name: string,
  judgements: readonly Judgement[],
  equivalents: readonly Equivalent[],
): Figures {
  const killed = judgements.filter(({ verdict }) => verdict.kind === "killed").length;
  const survived = judgements.filter(({ verdict }) => verdict.kind === "survived");
  const equivalent = survived.filter(({ mutation }) => isEquivalent(mutation, equivalents)).length;
  return { name, mutants: killed + survived.length - equivalent, killed, equivalent };
}

/** In the order of files and lines. */
export function survivors(
  judgements: readonly Judgement[],
  equivalents: readonly Equivalent[],
): readonly Mutation[] {
  return judgements
    .filter(({ verdict, mutation }) => verdict.kind === "survived" && !isEquivalent(mutation, equivalents))
    .map(({ mutation }) => mutation)
    .sort((one, other) =>
      one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1,
    );
}

/** Listed as equivalent, and no survivors all the same. */
export function needlessEquivalents(
  judgements: readonly Judgement[],
  equivalents: readonly Equivalent[],
): readonly Mutation[] {
  return judgements
    .filter(({ verdict, mutation }) => verdict.kind !== "survived" && isEquivalent(mutation, equivalents))
    .map(({ mutation }) => mutation);
}
