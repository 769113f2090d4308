import type { Consequence } from "../../compiler/check/consequence.js";
import type { Finding } from "../../compiler/check/run.js";
import type { CaseFindings } from "./case-findings.js";
import {
  cellsAt,
  firstBadStep,
  isErrno,
  type Outcome,
  type RecordedCase,
  type StepName,
} from "./recorded-case.js";
import type { AcceptedCase, ClassifiedCase } from "./tables.js";

/** How the rules and the recorded verdicts get on with each other. */

/**
 * Rules of configs with undefined effects: garbage decides what happens and when, certain is only which command reads the
 * file, and that it does not go well.
 */
const undefinedEffects: ReadonlySet<string> = new Set(["fmt-truncated", "cpu-set-unaligned"]);

/** Empty where one of the named rules finds an error whose consequence is the recorded one; else what is amiss. */
export function whatIsMissing(
  found: CaseFindings,
  recorded: RecordedCase,
  classified: ClassifiedCase,
): string {
  const known = classified.rules.filter((id) => found.knows(id));
  if (known.length === 0) return `no rule ${classified.rules.join(" or ")}`;
  const step = firstBadStep(recorded)!;
  const findings = found.of(recorded, cellsAt(recorded, step));
  const errors = findings.filter(({ rule, severity }) => severity === "error" && known.includes(rule.id));
  const { withDriver, outcome } = classified;
  const expected = withDriver ?? outcome;
  if (errors.length === 0) {
    const others = findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule.id);
    return `${known.join(" and ")} find no error; others: ${[...new Set(others)].join(", ") || "none"}`;
  }
  if (errors.some((error) => names(error, step.name, expected))) return "";
  const named = errors.map(({ rule, consequence }) => `${rule.id} ${shortForm(consequence)}`);
  return `recorded ${step.name} ${expected}, named ${[...new Set(named)].join(", ")}`;
}

function names({ rule, consequence }: Finding, step: StepName, outcome: Outcome): boolean {
  if (undefinedEffects.has(rule.id)) {
    return (
      consequence.step === (step === "enable" ? "enable" : "create") && consequence.outcome !== "harmless"
    );
  }
  if (!stepsOf(step, outcome).includes(consequence.step)) return false;
  if (isErrno(outcome)) return consequence.outcome === "refused" && consequence.errno === outcome;
  return outcomesOf[outcome].includes(consequence.outcome);
}

/** An access that is forbidden happens as soon as something runs: root does from enable on, and during every command. */
function stepsOf(step: StepName, outcome: Outcome): readonly Consequence["step"][] {
  return outcome.startsWith("parked-") ? [step, "run"] : [step];
}

/** What the recording calls so may be told as one of these: where root's CPU is lost or stopped, its command hangs. */
const outcomesOf: Readonly<Record<Exclude<Outcome, `E${string}`>, readonly Consequence["outcome"][]>> = {
  ok: ["harmless"],
  refused: ["refused"],
  ignored: ["ineffective"],
  crash: ["crash", "hang"],
  "parked-cell": ["parked"],
  "parked-root": ["parked", "hang"],
  hang: ["hang"],
};

function shortForm({ step, outcome, errno }: Consequence): string {
  return `${step} ${errno ?? outcome}`;
}

/** True where the rule finds an error in what was accepted. */
export function findsAccepted(found: CaseFindings, recorded: RecordedCase, id: string): boolean {
  return acceptedSets(recorded).some((cells) =>
    found.of(recorded, cells).some(({ rule, severity }) => rule.id === id && severity === "error"),
  );
}

/** Findings that claim a refusal of what was enabled or created: `RULE STEP ERRNO`. */
export function falseClaims(
  found: CaseFindings,
  recorded: RecordedCase,
  exceptions: readonly AcceptedCase[],
): readonly string[] {
  const claims = new Set<string>();
  for (const cells of acceptedSets(recorded)) {
    for (const { rule, consequence } of found.of(recorded, cells)) {
      const { step, outcome, errno } = consequence;
      if (outcome !== "refused" || (step !== "enable" && step !== "create")) continue;
      const isByDriver = exceptions.some(
        ({ id, rule: exception, withDriver }) =>
          id === recorded.id &&
          exception === rule.id &&
          withDriver?.step === step &&
          withDriver.outcome === errno,
      );
      if (!isByDriver) claims.add(`${rule.id} ${shortForm(consequence)}`);
    }
  }
  return [...claims];
}

/**
 * The sets of cells that the hypervisor let exist together, each once. Not those that it refused before: there, something
 * else had changed, such as the id that the recorder gave.
 */
function acceptedSets(recorded: RecordedCase): readonly (readonly number[])[] {
  const accepted = new Map<string, readonly number[]>();
  const refused = new Set<string>();
  for (const step of recorded.steps) {
    if (step.name !== "enable" && step.name !== "create") continue;
    const cells = cellsAt(recorded, step);
    const key = cells.join();
    if (step.outcome !== "ok") refused.add(key);
    else if (!refused.has(key)) accepted.set(key, cells);
  }
  return [...accepted.values()];
}
