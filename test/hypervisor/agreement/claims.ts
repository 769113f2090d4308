import type { Consequence } from "../../../compiler/check/consequence.js";
import type { RuleSeverity } from "../../../compiler/check/define-rule.js";
import type { CheckedSet } from "../../../compiler/check/facts/checked-set.js";
import { allRules } from "../../../compiler/check/registry.js";
import { runRules } from "../../../compiler/check/run.js";
import { checkedCase } from "../../oracle/checked-case.js";
import type { RecordedCase, RecordedFile } from "../../oracle/recorded-case.js";
import type { MutatedSet } from "./mutated-set.js";
import { machineOf, type Verdict } from "./simulated.js";

/** What a rule says that becomes of a command. */
export interface Claim {
  /** `rule.consequence` */
  readonly key: string;
  readonly consequence: Consequence;
  readonly severity: RuleSeverity;
  /** Index of the cell that it is about; -1 for the system. */
  readonly cell: number;
}

/** The system and the first `count` cells, which run together, as rules get them. */
export function checkedSetOf({ kind, system, cells }: MutatedSet, count: number): CheckedSet {
  const file = (name: string, bytes: Uint8Array): RecordedFile => ({
    name,
    base: "",
    bytes,
    sha256: undefined,
  });
  const recorded: RecordedCase = {
    id: "mutated",
    description: "",
    note: "",
    machine: { cpu: cpuOf(machineOf(kind, system)), onlineCpus: undefined, apic: undefined, cat: undefined },
    system: file("system", system),
    cells: cells.slice(0, count).map((bytes, index) => file(`cell ${index}`, bytes)),
    steps: [],
  };
  return checkedCase(
    recorded,
    recorded.cells.map((_, index) => index),
  );
}

/** What the rules say of the system and the first `count` cells, which run together. */
export function claimed(mutated: MutatedSet, count: number): readonly Claim[] {
  const set = checkedSetOf(mutated, count);
  return runRules(allRules, set).map(({ rule, consequence, severity, hit }) => ({
    consequence,
    severity,
    key: `${rule.id}.${hit.as ?? Object.keys(rule.consequences)[0]}`,
    cell: set.cells.indexOf(hit.at.config),
  }));
}

function cpuOf({ vendor }: ReturnType<typeof machineOf>): RecordedCase["machine"]["cpu"] {
  if (vendor === null) return "Arm";
  return vendor === "amd" ? "AMD" : "Intel";
}

/** Outcomes that a command has at once; others show later, or never. */
const verdicts: Readonly<Record<string, (claim: Claim) => Verdict>> = {
  refused: ({ consequence }) => consequence.errno as Verdict,
  crash: () => "crash",
  hang: () => "hang",
};

/** What a claim says of a command; null for what shows otherwise. */
export function verdictOfClaim(claim: Claim): Verdict | null {
  return verdicts[claim.consequence.outcome]?.(claim) ?? null;
}
