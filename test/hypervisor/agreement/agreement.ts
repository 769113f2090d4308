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
  // The root cell has lost what Linux needs: that shows in what it does next, and with it in the command.
  const isLost = ({ severity, ...claim }: Claim): boolean =>
    severity === "error" && claim.cell === -1 && claim.consequence.outcome === "parked";
  if (verdict === "parked" && claims.some(isLost)) return null;
  const isNamed = decisive.some(
    (claim) =>
      claim.severity === "error" && verdictOfClaim(claim) === (verdict === "parked" ? "hang" : verdict),
  );
  return isNamed ? null : `${verdict}, claimed ${told(decisive) || "nothing"}`;
}

function told(claims: readonly Claim[]): string {
  const texts = claims.map(
    (claim) =>
      `${claim.key} ${verdictOfClaim(claim)}${claim.severity === "error" ? "" : ` (${claim.severity})`}`,
  );
  return [...new Set(texts)].join(", ");
}
