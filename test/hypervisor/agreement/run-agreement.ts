import type { Random } from "../naive/random-scenario.js";
import { disagreement } from "./agreement.js";
import { type Claim, claimed } from "./claims.js";
import { type MutatedSet, mutatedSet } from "./mutated-set.js";
import { simulated } from "./simulated.js";

export interface AgreementResult {
  readonly sets: number;
  /** Sets of which a command did not go well. */
  readonly refused: number;
  /** Sets whose effects nobody can know: they end before their counts do, and what lies behind them decides. */
  readonly undefinedSets: number;
  /** For each kind of disagreement the changes of the sets that show it. */
  readonly disagreements: ReadonlyMap<string, readonly string[]>;
}

/** What is read then is none of the config: garbage decides. */
const undefinedEffects: ReadonlySet<string> = new Set([
  "fmt-truncated.cell",
  "fmt-truncated.system",
  "cpu-set-unaligned.cell",
  "cpu-set-unaligned.root",
  "cpu-set-unaligned.shifted",
  "cpu-set-unaligned.shiftedRoot",
]);

/** Changes configs at random, and asks rules and simulator what becomes of them. */
export function runAgreement(sets: number, random: Random): AgreementResult {
  const disagreements = new Map<string, string[]>();
  let refused = 0;
  let undefinedSets = 0;
  for (let index = 0; index < sets; index++) {
    const set = mutatedSet(random);
    const result = compare(set);
    if (result.isUndefined) undefinedSets++;
    if (result.isRefused) refused++;
    if (result.wrong !== null) {
      const text = `#${index} ${set.base}: ${set.changes.join("; ")} [${result.reason}]`;
      disagreements.set(result.wrong, [...(disagreements.get(result.wrong) ?? []), text]);
    }
  }
  return { sets, refused, undefinedSets, disagreements };
}

interface Comparison {
  readonly isUndefined: boolean;
  readonly isRefused: boolean;
  readonly wrong: string | null;
  readonly reason: string;
}

export function compare(set: MutatedSet): Comparison {
  const steps = simulated(set);
  let isRefused = false;
  for (const step of steps) {
    const claims = claimed(set, step.cell + 1);
    if (claims.some(isUndefined)) return { isUndefined: true, isRefused, wrong: null, reason: "" };
    if (step.verdict !== "ok") isRefused = true;
    const wrong = disagreement(step, claims);
    if (wrong !== null)
      return {
        isUndefined: false,
        isRefused,
        wrong: `${set.kind} ${step.step}: ${wrong}`,
        reason: step.reason,
      };
  }
  return { isUndefined: false, isRefused, wrong: null, reason: "" };
}

function isUndefined({ key }: Claim): boolean {
  return undefinedEffects.has(key);
}
