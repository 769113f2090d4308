import type { Random } from "../naive/random-scenario.js";
import { type Claim, claimed, disagreement, simulated } from "./agreement.js";
import { mutatedSet } from "./mutated-set.js";

export interface AgreementResult {
  readonly sets: number;
  /** Sets of which a command did not go well. */
  readonly refused: number;
  /** Sets whose effects nobody can know: they end before their counts do, and what lies behind them decides. */
  readonly undefinedSets: number;
  /** For each kind of disagreement the changes of the sets that show it. */
  readonly disagreements: ReadonlyMap<string, readonly string[]>;
}

const undefinedEffects: ReadonlySet<string> = new Set(["fmt-truncated", "cpu-set-unaligned"]);

/** Changes configs at random, and asks rules and simulator what becomes of them. */
export function runAgreement(sets: number, random: Random): AgreementResult {
  const disagreements = new Map<string, string[]>();
  let refused = 0;
  let undefinedSets = 0;
  for (let index = 0; index < sets; index++) {
    const set = mutatedSet(random);
    const claims = claimed(set);
    if (isUndefined(claims)) {
      undefinedSets++;
      continue;
    }
    const verdicts = simulated(set);
    if (verdicts.enable !== "ok" || verdicts.create !== "ok") refused++;
    for (const step of ["enable", "create"] as const) {
      const verdict = verdicts[step];
      const wrong = verdict === null ? null : disagreement(step, verdict, claims);
      if (wrong === null) continue;
      const kind = `${step}: ${wrong}`;
      disagreements.set(kind, [
        ...(disagreements.get(kind) ?? []),
        `${set.vendor}: ${set.changes.join("; ")}`,
      ]);
    }
  }
  return { sets, refused, undefinedSets, disagreements };
}

function isUndefined(claims: readonly Claim[]): boolean {
  return claims.some(({ rule }) => undefinedEffects.has(rule));
}
