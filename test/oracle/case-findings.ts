import type { Rule } from "../../compiler/check/define-rule.js";
import { type Finding, runRules } from "../../compiler/check/run.js";
import { hashOf } from "./base-configs.js";
import { checkedCase } from "./checked-case.js";
import type { RecordedCase } from "./recorded-case.js";

/** What rules find in recorded cases. Many cases have the same files: those are checked once. */
export class CaseFindings {
  readonly #known = new Map<string, readonly Finding[]>();

  constructor(readonly rules: readonly Rule[]) {}

  /** @param cells of the case that run together, as indexes */
  of(recorded: RecordedCase, cells: readonly number[]): readonly Finding[] {
    const files = [recorded.system, ...cells.map((cell) => recorded.cells[cell]!)];
    const key = [recorded.machine.cpu, ...files.map(({ bytes }) => hashOf(bytes))].join(" ");
    const findings = this.#known.get(key) ?? runRules(this.rules, checkedCase(recorded, cells));
    this.#known.set(key, findings);
    return findings;
  }

  knows(rule: string): boolean {
    return this.rules.some(({ id }) => id === rule);
  }
}
