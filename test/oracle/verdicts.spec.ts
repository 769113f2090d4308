import { expect } from "chai";
import { allRules } from "../../compiler/check/registry.js";
import { CaseFindings } from "./case-findings.js";
import { recordedCases } from "./cases.js";
import { falseClaims, findsAccepted, whatIsMissing } from "./compare-verdicts.js";
import { readAcceptedButWrong, readClasses } from "./tables.js";

const classes = readClasses();
const found = new CaseFindings(allRules);
const caseOf = new Map(recordedCases().map((each) => [each.id, each]));

describe("the rules and the recorded verdicts", () => {
  const ofConfigs = classes.filter(({ class: reason }) => reason === "config" || reason === "set");

  for (const id of [...new Set(ofConfigs.map(({ rules }) => rules.join("|")))].sort()) {
    it(`${id}: finds the error and names what happened`, () => {
      const cases = ofConfigs.filter(({ rules }) => rules.join("|") === id);
      const missing = cases
        .map((each) => ({ id: each.id, what: whatIsMissing(found, caseOf.get(each.id)!, each) }))
        .filter(({ what }) => what !== "")
        .map((each) => `${each.id}: ${each.what}`);
      expect(missing).to.deep.equal([]);
    });
  }

  it("claim no refusal of what was accepted", () => {
    const exceptions = readAcceptedButWrong();
    const claims = recordedCases().flatMap((each) =>
      falseClaims(found, each, exceptions).map((claim) => `${each.id}: ${claim}`),
    );
    expect(claims).to.deep.equal([]);
  });

  const accepted = readAcceptedButWrong().filter(({ isError }) => isError);
  for (const rule of [...new Set(accepted.map((each) => each.rule))].sort()) {
    it(`${rule}: finds the error that the hypervisor accepted`, () => {
      expect(found.knows(rule), "there is such a rule").to.equal(true);
      const missing = accepted
        .filter((each) => each.rule === rule)
        .filter(({ id }) => !findsAccepted(found, caseOf.get(id)!, rule));
      expect(missing.map(({ id }) => id)).to.deep.equal([]);
    });
  }

  it("know every rule that the tables name but those that need facts about the board", () => {
    const named = [
      ...ofConfigs.flatMap(({ rules }) => rules),
      ...readAcceptedButWrong().map(({ rule }) => rule),
    ];
    const unknown = named.filter((rule) => !found.knows(rule));
    expect([...new Set(unknown)].sort()).to.deep.equal([]);
  });
});
