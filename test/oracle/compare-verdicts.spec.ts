import { expect } from "chai";
import type { Consequence } from "../../compiler/check/consequence.js";
import { defineRule, type Rule } from "../../compiler/check/define-rule.js";
import { CaseFindings } from "./case-findings.js";
import { recordedCases } from "./cases.js";
import { falseClaims, findsAccepted, whatIsMissing } from "./compare-verdicts.js";
import type { RecordedCase } from "./recorded-case.js";
import { readClasses } from "./tables.js";

/** A rule that finds an error in every cell with this name. */
function ruleAbout(name: string, id: string, consequence: Omit<Consequence, "text">): CaseFindings {
  const rule = defineRule({
    id,
    family: "cpu",
    title: "A rule for this test",
    severity: "error",
    scope: "config",
    statement: "No cell has this name.",
    explanation: "It is made up.",
    consequences: { only: { ...consequence, text: "It is made up." } },
    help: "name it otherwise",
    sources: [],
    example: { wrong: "", right: "" },
    *find({ config }) {
      if (config.cell.name === name) yield { at: config.cellSpot(), message: "made up" };
    },
  });
  return new CaseFindings([rule as unknown as Rule]);
}

function caseOf(id: string): RecordedCase {
  return recordedCases().find((each) => each.id === id)!;
}

function missing(found: CaseFindings, id: string): string {
  const classified = readClasses().find((each) => each.id === id)!;
  return whatIsMissing(found, caseOf(id), classified);
}

describe("the comparison with the recorded verdicts", () => {
  const refused = (errno: "EINVAL" | "EBUSY") => ({ step: "create", outcome: "refused", errno }) as const;

  it("wants the step, the outcome and the errno that were recorded", () => {
    const id = "accept/95";
    expect(missing(ruleAbout("tiny-demo", "cpu-set-size", refused("EINVAL")), id)).to.equal("");
    expect(missing(ruleAbout("tiny-demo", "cpu-set-size", refused("EBUSY")), id)).to.equal(
      "recorded create EINVAL, named cpu-set-size create EBUSY",
    );
    const hangs = ruleAbout("tiny-demo", "cpu-set-size", { step: "create", outcome: "hang" });
    expect(missing(hangs, id)).to.equal("recorded create EINVAL, named cpu-set-size create hang");
    const atLoad = ruleAbout("tiny-demo", "cpu-set-size", { ...refused("EINVAL"), step: "load" });
    expect(missing(atLoad, id)).to.equal("recorded create EINVAL, named cpu-set-size load EINVAL");
  });

  it("wants the rule that the table names", () => {
    const other = ruleAbout("tiny-demo", "fmt-too-big", refused("EINVAL"));
    expect(missing(other, "accept/95")).to.equal("no rule cpu-set-size");
    const silent = ruleAbout("apic-demo", "cpu-set-size", refused("EINVAL"));
    expect(missing(silent, "accept/95")).to.equal("cpu-set-size find no error; others: none");
  });

  it("goes by the driver where the recording left it out", () => {
    expect(missing(ruleAbout("tiny-demo", "cpu-zero-x86", refused("EINVAL")), "accept/66")).to.equal("");
    expect(missing(ruleAbout("tiny-demo", "cpu-zero-x86", refused("EBUSY")), "accept/66")).not.to.equal("");
  });

  it("knows that root runs during every command", () => {
    const found = ruleAbout("qemu-arm64", "mem-subpage-no-width", { step: "run", outcome: "parked" });
    expect(missing(found, "running/accept-sys/sys-mem-odd")).to.equal("");
  });

  it("wants of undefined effects the command that reads the file, and no more", () => {
    const id = "running/accept-cell/trunc-300";
    const at = (step: Consequence["step"], outcome: Consequence["outcome"]) =>
      missing(ruleAbout("inmate-demo", "fmt-truncated", { step, outcome }), id);
    expect(at("create", "crash")).to.equal("");
    expect(at("create", "isolation")).to.equal("");
    expect(at("create", "harmless")).not.to.equal("");
    expect(at("run", "crash")).not.to.equal("");
  });

  it("takes no claim of a refusal for what was accepted", () => {
    const found = ruleAbout("tiny-demo", "mem-none", refused("EINVAL"));
    expect(falseClaims(found, caseOf("accept/1"), [])).to.deep.equal(["mem-none create EINVAL"]);
    expect(falseClaims(found, caseOf("accept/0"), [])).to.deep.equal([]);
    const hangs = ruleAbout("tiny-demo", "mem-none", { step: "create", outcome: "hang" });
    expect(falseClaims(hangs, caseOf("accept/1"), [])).to.deep.equal([]);
  });

  it("takes one by the driver where the recording left it out", () => {
    const found = ruleAbout("tiny-demo", "mem-none", refused("EINVAL"));
    const exception = {
      id: "accept/395",
      rule: "mem-none",
      isError: true,
      withDriver: { step: "create", outcome: "EINVAL" },
      reason: "made up",
    } as const;
    expect(falseClaims(found, caseOf("accept/395"), [exception])).to.deep.equal([]);
    expect(falseClaims(found, caseOf("accept/396"), [exception])).not.to.deep.equal([]);
  });

  it("leaves out what was refused", () => {
    const found = ruleAbout("tiny-demo", "cpu-set-size", refused("EINVAL"));
    expect(falseClaims(found, caseOf("accept/95"), [])).to.deep.equal([]);
    // Refused with the id of root, accepted with another one: that is no verdict on the files.
    expect(falseClaims(found, caseOf("accept/126"), [])).to.deep.equal([]);
  });

  it("finds the errors that were accepted", () => {
    const found = ruleAbout("tiny-demo", "mem-none", { step: "run", outcome: "isolation" });
    expect(findsAccepted(found, caseOf("accept/1"), "mem-none")).to.equal(true);
    expect(findsAccepted(found, caseOf("accept/0"), "mem-none")).to.equal(false);
    expect(findsAccepted(found, caseOf("accept/1"), "mem-other")).to.equal(false);
  });
});
