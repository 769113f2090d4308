import { expect } from "chai";
import type { Rule } from "../../../compiler/check/define-rule.js";
import type { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet } from "../../../compiler/check/facts/checked-set.js";
import type { Finding } from "../../../compiler/check/run.js";
import { type Allowance, suppress } from "../../../compiler/check/suppress.js";
import { atFile } from "../../../compiler/diagnostics/diagnostic.js";
import { boardOf, setOf } from "../../support/checking.js";
import { sampleRule } from "../../support/sample-rule.js";

const whole = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }`);
const { system, cells } = whole;
const [one, two] = cells as [CheckedConfig, CheckedConfig];

const harmless = sampleRule("harmless", { severity: "warning" });
const grave = sampleRule("grave");
const deliberate = sampleRule("deliberate", { deliberate: true });
const rules = [harmless, grave, deliberate];

function findingOf(rule: Rule, parts: Partial<Finding> = {}): Finding {
  return {
    rule,
    hit: { at: one.cellSpot(), message: "wrong" },
    severity: rule.severity,
    consequence: rule.consequences.first!,
    fixes: [],
    ifTogether: null,
    keptApart: false,
    ...parts,
  };
}

function allowanceFor(rule: string, parts: Partial<Allowance> = {}): Allowance {
  return {
    rule,
    because: "so",
    place: atFile(`${rule}.jail`),
    cells: null,
    covers: () => true,
    isJudged: true,
    ...parts,
  };
}

/** `ID FILE` of each problem. */
function problemsOf(
  allowances: readonly Allowance[],
  findings: readonly Finding[] = [],
  set = whole,
): readonly string[] {
  return suppress(findings, allowances, rules, set).problems.map(({ id, primary }) => {
    const place = primary?.place;
    return `${id} ${place?.kind === "file" ? place.file : "nowhere"}`;
  });
}

describe("allowances", () => {
  it("take out what they speak of, and nothing else", () => {
    const findings = [findingOf(harmless), findingOf(deliberate), findingOf(harmless)];
    const allowance = allowanceFor("harmless", { covers: (finding) => finding === findings[0] });
    const { kept, suppressed, problems } = suppress(findings, [allowance], rules, whole);
    expect(kept).to.deep.equal([findings[1], findings[2]]);
    expect(suppressed).to.deep.equal([{ finding: findings[0], allowance }]);
    expect(problems).to.deep.equal([]);
  });

  it("take out errors that may be deliberate", () => {
    expect(suppress([findingOf(deliberate)], [allowanceFor("deliberate")], rules, whole).kept).to.deep.equal(
      [],
    );
  });

  it("take out no other errors, and are wrong to try", () => {
    const finding = findingOf(grave);
    const { kept, suppressed } = suppress([finding], [allowanceFor("grave")], rules, whole);
    expect([kept, suppressed]).to.deep.equal([[finding], []]);
    expect(problemsOf([allowanceFor("grave")], [finding])).to.deep.equal(["allow-impossible grave.jail"]);
  });

  it("take out what is an error only if cells run together", () => {
    const finding = findingOf(grave, { severity: "warning" });
    expect(suppress([finding], [allowanceFor("grave")], rules, whole).kept).to.deep.equal([]);
  });

  it("of cells take out what concerns one of them, wherever it is marked", () => {
    const allowed = (hit: Partial<Finding["hit"]>): boolean => {
      const finding = findingOf(harmless, { hit: { at: one.cellSpot(), message: "wrong", ...hit } });
      return (
        suppress([finding], [allowanceFor("harmless", { cells: [two] })], rules, whole).kept.length === 0
      );
    };
    expect(allowed({})).to.equal(false);
    expect(allowed({ at: two.cellSpot() })).to.equal(true);
    expect(allowed({ also: [{ at: two.cellSpot(), text: "here" }] })).to.equal(true);
    expect(allowed({ between: [one, two] })).to.equal(true);
    expect(allowed({ between: [one] })).to.equal(false);
  });

  it("of cells take out only what they cover", () => {
    const allowance = allowanceFor("harmless", { cells: [one], covers: () => false });
    expect(suppress([findingOf(harmless)], [allowance], rules, whole).kept).to.have.length(1);
  });

  it("of one rule are tried one after the other", () => {
    const first = allowanceFor("harmless", { covers: () => false, isJudged: false });
    const second = allowanceFor("harmless");
    const { suppressed } = suppress([findingOf(harmless)], [first, second], rules, whole);
    expect(suppressed.map(({ allowance }) => allowance)).to.deep.equal([second]);
  });

  it("for no rule are wrong, with the name that may be meant", () => {
    const { problems } = suppress([], [allowanceFor("harmles", { isJudged: false })], rules, whole);
    expect(problems.map(({ message, help }) => [message, help])).to.deep.equal([
      ["there is no rule `harmles`", "did you mean `harmless`?"],
    ]);
    expect(problemsOf([allowanceFor("unheard-of")])).to.deep.equal(["rule-unknown unheard-of.jail"]);
  });
});

describe("an allowance that no finding needs", () => {
  const stale = ["allow-stale asking.jail"];
  const problems = (parts: Partial<Rule>, set: CheckedSet, isJudged = true): readonly string[] => {
    const rule = { ...sampleRule("asking"), severity: "warning", ...parts } as Rule;
    return suppress([], [allowanceFor("asking", { isJudged })], [rule], set).problems.map(
      ({ id, primary }) => `${id} ${primary?.place.kind === "file" ? primary.place.file : "nowhere"}`,
    );
  };

  it("is stale where the rule was asked", () => {
    expect(problems({ scope: "config" }, checkedSet([one]))).to.deep.equal(stale);
    expect(problems({ scope: "root" }, checkedSet([system!, one]))).to.deep.equal(stale);
    expect(problems({ scope: "set" }, checkedSet([one, two]))).to.deep.equal(stale);
    const board = boardOf("name: a board");
    expect(problems({ scope: "board" }, checkedSet([one], { board }))).to.deep.equal(stale);
  });

  it("is impossible where no finding of the rule can ever be allowed, whether there is one or not", () => {
    const impossible = ["allow-impossible asking.jail"];
    const never = { severity: "error", scope: "config" } as const;
    expect(problems(never, checkedSet([one]))).to.deep.equal(impossible);
    expect(problems(never, checkedSet([one]), false)).to.deep.equal(impossible);
    for (const parts of [{ deliberate: true }, { otherwise: "warning on x86" }, { scope: "set" }] as const)
      expect(problems({ ...never, ...parts }, checkedSet([one, two]))).to.deep.equal(stale);
  });

  it("says nothing where the rule needs what is not there", () => {
    expect(problems({ scope: "root" }, checkedSet([system!]))).to.deep.equal([]);
    expect(problems({ scope: "root" }, checkedSet([one, two]))).to.deep.equal([]);
    expect(problems({ scope: "set" }, checkedSet([one]))).to.deep.equal([]);
    expect(problems({ scope: "board" }, whole)).to.deep.equal([]);
  });

  it("says nothing where what it is about was not checked", () => {
    expect(problems({ scope: "config" }, whole, false)).to.deep.equal([]);
  });
});
