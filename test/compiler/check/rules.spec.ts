import { existsSync } from "node:fs";
import { expect } from "chai";
import type { Rule } from "../../../compiler/check/define-rule.js";
import { allRules } from "../../../compiler/check/registry.js";
import { checkText } from "../../support/checking.js";
import { casesPath, foundIn, type RuleCase, readCases, updateCases } from "../../support/rule-cases.js";

/** `CELLC_UPDATE_RULES=1` writes what is found into the files of the cases; what changed has to be read. */
const updates = process.env.CELLC_UPDATE_RULES === "1";

for (const rule of allRules) {
  const { id, example } = rule;
  describe(`rule ${id}`, () => {
    it("finds the mistake of its example, and there is no other", () => {
      const setting = { ...example, together: example.together === true };
      const found = checkText(example.wrong, setting).filter(
        ({ rule: each, severity }) => each.id === id || severity !== "info",
      );
      expect([...new Set(found.map((finding) => finding.rule.id))]).to.deep.equal([id]);
    });

    it("finds nothing in the right example, nor does any other rule", () => {
      const setting = { ...example, together: example.together === true };
      const found = checkText(example.right, setting).filter(
        ({ rule: each, severity }) => each.id === id || severity !== "info",
      );
      expect(found.map((finding) => `${finding.rule.id}: ${finding.hit.message}`)).to.deep.equal([]);
    });

    if (updates && existsSync(casesPath(rule))) updateCases(rule, allRules);
    const cases = existsSync(casesPath(rule)) ? readCases(rule) : [];
    it("has cases that fail and cases that pass", () => {
      expect(new Set(cases.map(({ verdict }) => verdict))).to.deep.equal(new Set(["fails", "passes"]));
    });

    it("says so where a finding is graver or less grave than the rule", () => {
      const words = rule.otherwise?.match(/\b(?:error|warning|info)\b/g) ?? [];
      expect(otherSeverities(rule, cases)).to.deep.equal([...new Set(words)].toSorted());
    });

    for (const each of cases) {
      it(`${each.verdict}: ${each.title}`, () => {
        const found = foundIn(each, rule, allRules);
        expect(found.trimEnd()).to.equal((each.sections.get("findings") ?? "").trimEnd());
        expect(found !== "", "found anything").to.equal(each.verdict === "fails");
      });
    }
  });
}

/** Of the findings in the cases of a rule, but for errors that are less because cells need not run together. */
function otherSeverities({ severity }: Rule, cases: readonly RuleCase[]): readonly string[] {
  const found = new Set<string>();
  for (const { sections } of cases) {
    for (const text of (sections.get("findings") ?? "").split(/^(?=\S)/m)) {
      const [own] = /^(?:error|warning|info)\b/.exec(text) ?? [];
      const isAlternative = severity === "error" && own !== "error" && text.includes("\n  if together: ");
      if (own !== undefined && own !== severity && !isAlternative) found.add(own);
    }
  }
  return [...found].toSorted();
}
