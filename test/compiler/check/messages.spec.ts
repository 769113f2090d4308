import { expect } from "chai";
import { checkMessages } from "../../../compiler/check/messages.js";

describe("what is wrong with a check itself", () => {
  it("names what does not exist, and what may be meant", () => {
    const unknown = { name: "cpu-nome", nearest: "cpu-none" };
    const rule = checkMessages["rule-unknown"](unknown);
    expect([rule.severity, rule.message, rule.help]).to.deep.equal([
      "error",
      "there is no rule `cpu-nome`",
      "did you mean `cpu-none`?",
    ]);
    const scenario = checkMessages["scenario-unknown"]({ ...unknown, nearest: undefined });
    expect([scenario.severity, scenario.message, scenario.help]).to.deep.equal([
      "error",
      "there is no scenario `cpu-nome`",
      undefined,
    ]);
    expect(checkMessages["scenario-unknown"](unknown).help).to.equal("did you mean `cpu-none`?");
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
});
