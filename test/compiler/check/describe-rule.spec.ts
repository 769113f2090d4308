import { expect } from "chai";
import type { Outcome, Step } from "../../../compiler/check/consequence.js";
import type { RuleScope } from "../../../compiler/check/define-rule.js";
import {
  allowingOfRule,
  consequencesOfRule,
  helpOfRule,
  kindOfRule,
  severityOfRule,
} from "../../../compiler/check/describe-rule.js";
import { sampleRule } from "../../support/sample-rule.js";

describe("a rule in words", () => {
  const scopes: Readonly<Record<RuleScope, string>> = {
    config: "each config by itself",
    root: "each cell with the system it runs on",
    set: "all cells with each other",
    board: "the configs with what is known about the board",
  };
  for (const [scope, words] of Object.entries(scopes) as [RuleScope, string][]) {
    it(`says what a rule of scope ${scope} looks at`, () => {
      expect(kindOfRule(sampleRule("a", { scope, find: () => [] }))).to.deep.equal([
        "error",
        "memory",
        words,
      ]);
    });
  }

  it("says what to do in each kind of source, where that differs", () => {
    expect(helpOfRule(sampleRule("a", { help: "set FLAG" }))).to.equal("set FLAG");
    expect(helpOfRule(sampleRule("a", { help: "set FLAG", helpInLanguage: "write `flag`" }))).to.equal(
      "set FLAG. In the cell language: write `flag`",
    );
  });

  it("says where it is graver or less grave", () => {
    const rule = sampleRule("a", { severity: "error", otherwise: "warning on x86" });
    expect(severityOfRule(rule)).to.equal("error, or warning on x86");
    expect(kindOfRule(rule)[0]).to.equal("error, or warning on x86");
    expect(severityOfRule(sampleRule("a", { severity: "info" }))).to.equal("info");
  });

  it("says which configs and machines it is about, where not all", () => {
    const kind = (parts: Parameters<typeof sampleRule>[1]): readonly string[] =>
      kindOfRule(sampleRule("a", parts)).slice(3);
    expect(kind({ only: "system" })).to.deep.equal(["systems only"]);
    expect(kind({ only: "cell", machines: ["arm", "arm64"] })).to.deep.equal(["cells only", "arm, arm64"]);
    expect(kind({})).to.deep.equal([]);
  });

  const steps: Readonly<Record<Step, string>> = {
    enable: "`jailhouse enable`",
    create: "`jailhouse cell create`",
    load: "`jailhouse cell load`",
    start: "`jailhouse cell start`",
    run: "while the cells run",
    destroy: "`jailhouse cell destroy`",
    disable: "`jailhouse disable`",
  };
  const outcomes: Readonly<Record<Outcome, string>> = {
    refused: "refused",
    crash: "the hypervisor crashes",
    hang: "everything hangs",
    parked: "a CPU is parked",
    isolation: "isolation is broken",
    ineffective: "not what the config says",
    harmless: "harmless",
  };
  const described = (step: Step, outcome: Outcome): unknown =>
    consequencesOfRule(sampleRule("a", { consequences: { only: { step, outcome, text: "So it is." } } }));

  it("says when a consequence shows", () => {
    for (const [step, when] of Object.entries(steps) as [Step, string][])
      expect(described(step, "harmless")).to.deep.equal([{ when, what: "harmless", text: "So it is." }]);
  });

  it("says what a consequence comes to", () => {
    for (const [outcome, what] of Object.entries(outcomes) as [Outcome, string][])
      expect(described("run", outcome)).to.deep.equal([
        { when: "while the cells run", what, text: "So it is." },
      ]);
  });

  it("has all consequences, in order", () => {
    expect(consequencesOfRule(sampleRule("a")).map(({ text }) => text.split(" ").at(-1))).to.deep.equal([
      "first.",
      "second.",
    ]);
  });

  it("says whether it can be allowed, and how", () => {
    const never = "An error of this rule cannot be allowed: it is one whatever anybody intends.";
    const how =
      'Where it is meant so: `allow a in CELL because "..."` in the cell language, `/* cellc: allow a: reason */` in C.';
    expect(allowingOfRule(sampleRule("a"))).to.equal(never);
    expect(allowingOfRule(sampleRule("a", { deliberate: true }))).to.equal(how);
    expect(allowingOfRule(sampleRule("a", { severity: "warning" }))).to.equal(how);
  });
});
