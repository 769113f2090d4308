import type { Random } from "../naive/random-scenario.js";
import { disagreement } from "./agreement.js";
import { claimed } from "./claims.js";
import { exceptions } from "./exceptions.js";
import { type MutatedSet, mutatedSet } from "./mutated-set.js";
import { simulated } from "./simulated.js";

export interface AgreementResult {
  readonly sets: number;
  /** Sets of which a command did not go well. */
  readonly refused: number;
  /** Sets of which rules and simulator may say different things: see `exceptions.ts`. */
  readonly excepted: number;
  /** For each kind of disagreement the changes of the sets that show it. */
  readonly disagreements: ReadonlyMap<string, readonly string[]>;
}

/** Changes configs at random, and asks rules and simulator what becomes of them. */
export function runAgreement(sets: number, random: Random): AgreementResult {
  const disagreements = new Map<string, string[]>();
  let refused = 0;
  let excepted = 0;
  for (let index = 0; index < sets; index++) {
    const set = mutatedSet(random);
    const result = compare(set);
    if (result.isExcepted) excepted++;
    if (result.isRefused) refused++;
    if (result.wrong !== null) {
      const text = `#${index} ${set.base}: ${set.changes.join("; ")} [${result.reason}]`;
      disagreements.set(result.wrong, [...(disagreements.get(result.wrong) ?? []), text]);
    }
  }
  return { sets, refused, excepted, disagreements };
}

interface Comparison {
  readonly isExcepted: boolean;
  readonly isRefused: boolean;
  readonly wrong: string | null;
  readonly reason: string;
}

/** Command after command, up to the first one that does not go well or that may be otherwise. */
export function compare(set: MutatedSet): Comparison {
  const steps = simulated(set);
  const isRefused = steps.at(-1)!.verdict !== "ok";
  // What is said with the first cell there tells of enabling, too.
  let count = steps.length > 1 ? 1 : 0;
  let claims = claimed(set, count);
  for (const step of steps) {
    if (step.cell + 1 > count) claims = claimed(set, ++count);
    const isExcepted = exceptions.some((each) => each.holds(step, claims));
    if (isExcepted) return { isExcepted, isRefused, wrong: null, reason: "" };
    const wrong = disagreement(step, claims);
    if (wrong !== null)
      return { isExcepted, isRefused, wrong: `${set.kind} ${step.step}: ${wrong}`, reason: step.reason };
  }
  return { isExcepted: false, isRefused, wrong: null, reason: "" };
}
