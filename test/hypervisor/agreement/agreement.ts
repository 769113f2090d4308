import { type Claim, verdictOfClaim } from "./claims.js";
import type { Step } from "./simulated.js";

/**
 * How rules and simulator disagree about one command; null where they do not. It goes well exactly where no rule says
 * otherwise, and becomes what one of the rules that find an error says: of several mistakes the first one that is met decides.
 */
export function disagreement({ step, cell, verdict }: Step, claims: readonly Claim[]): string | null {
  const ofStep = claims.filter(
    ({ consequence, ...claim }) =>
      consequence.step === step && (step === "enable" || claim.cell === cell || claim.cell === -1),
  );
  const decisive = ofStep.filter((claim) => verdictOfClaim(claim) !== null);
  if (verdict === "ok") return decisive.length === 0 ? null : `accepted, claimed ${told(decisive)}`;
  const isNamed = decisive.some((claim) => claim.severity === "error" && verdictOfClaim(claim) === verdict);
  return isNamed ? null : `${verdict}, claimed ${told(decisive) || "nothing"}`;
}

function told(claims: readonly Claim[]): string {
  const texts = claims.map(
    (claim) =>
      `${claim.key} ${verdictOfClaim(claim)}${claim.severity === "error" ? "" : ` (${claim.severity})`}`,
  );
  return [...new Set(texts)].join(", ");
}
