import { expect } from "chai";
import { checkMessages, verdictText } from "../../../compiler/check/messages.js";

describe("what is wrong with a check itself", () => {
  it("names what does not exist, and what may be meant", () => {
    const unknown = { name: "cpu-nome", nearest: "cpu-none" };
    const rule = checkMessages["rule-unknown"](unknown);
    expect([rule.severity, rule.message, rule.help]).to.deep.equal([
      "error",
      "there is no rule `cpu-nome`",
      "did you mean `cpu-none`?",
    ]);
    const far = { name: "cpu-nome", nearest: undefined };
    expect(checkMessages["rule-unknown"](far).help).to.equal("`cellc explain` lists all rules");
    const scenario = checkMessages["scenario-unknown"]({ ...far, known: ["one", "two", "both"] });
    expect([scenario.severity, scenario.message, scenario.help]).to.deep.equal([
      "error",
      "there is no scenario `cpu-nome`",
      "there are `one`, `two` and `both`",
    ]);
    const helpOf = (known: readonly string[]): string | undefined =>
      checkMessages["scenario-unknown"]({ ...far, known }).help;
    expect(helpOf(["one"])).to.equal("there is `one`");
    expect(helpOf([])).to.equal("the machine has no scenarios: `scenario NAME { CELL; CELL }` makes one");
    expect(checkMessages["scenario-unknown"]({ ...unknown, known: ["cpu-none"] }).help).to.equal(
      "did you mean `cpu-none`?",
    );
  });

  it("names the rule of an allowance", () => {
    const rule = "cpu-none";
    const told = [
      checkMessages["allow-impossible"]({ rule }),
      checkMessages["allow-without-reason"]({ rule }),
      checkMessages["allow-stale"]({ rule }),
    ];
    expect(told.map(({ severity, message }) => `${severity}: ${message}`)).to.deep.equal([
      "error: `cpu-none` cannot be allowed",
      "error: `cpu-none` is allowed without a reason",
      "warning: `cpu-none` is allowed, but finds nothing here",
    ]);
    for (const each of told) expect([each.why, each.help]).to.not.include(undefined);
  });

  it("names both systems", () => {
    const { severity, message } = checkMessages["several-systems"]({ first: "pc", second: "board" });
    expect([severity, message]).to.deep.equal([
      "error",
      'two systems, "pc" and "board", cannot be checked as one machine',
    ]);
  });

  it("says what cell cannot do what", () => {
    const failed = { cell: 'cell "a"', access: "write", what: "port 0x3f8" };
    const { severity, message } = checkMessages["assertion-fails"]({ ...failed, can: true });
    expect([severity, message]).to.deep.equal([
      "error",
      'the assertion does not hold: cell "a" can write port 0x3f8',
    ]);
    expect(verdictText({ ...failed, can: false })).to.equal('cell "a" cannot write port 0x3f8');
  });

  it("says why reach is not known, and what to do", () => {
    const told = (["architecture", "overlaps"] as const).flatMap((reason) =>
      [checkMessages["assertion-undecided"]({ reason }), checkMessages["reach-unknown"]({ reason })].map(
        ({ severity, message, help }) => `${severity}: ${message}: ${help}`,
      ),
    );
    const unknown = "how cells are kept apart is known for x86, Arm and 64-bit Arm only";
    const overlaps = "loadable regions overlap regions of the root cell more than a million times";
    const older = "older `.cell` files may need their system beside them";
    const takeOut = "take out what is listed again and again";
    expect(told).to.deep.equal([
      `warning: the assertion is not decided: ${unknown}: ${older}`,
      `error: nobody can tell who reaches it: ${unknown}: ${older}`,
      `warning: the assertion is not decided: ${overlaps}: ${takeOut}`,
      `error: nobody can tell who reaches it: ${overlaps}: ${takeOut}`,
    ]);
  });

  it("names a file that is not mended", () => {
    const { severity, message } = checkMessages["fix-not-here"]({ file: "a.cell" });
    expect([severity, message]).to.deep.equal([
      "note",
      "`a.cell` is left as it is, although it could be mended",
    ]);
  });
});
