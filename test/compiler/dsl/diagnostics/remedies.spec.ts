import { expect } from "chai";
import { diagnosticTables } from "../../../../compiler/cli/diagnostic-tables.js";
import { allExplanations } from "../../../../compiler/diagnostics/explain.js";
import { withRemedy } from "../../../../compiler/dsl/explanations/remedy.js";
import { languageMessages } from "../../../../compiler/dsl/messages.js";
import { jailMessages } from "../../../../compiler/dsl/syntax/messages.js";
import { compileText } from "../compiling.js";

describe("what helps against a finding of the language", () => {
  const all = allExplanations(diagnosticTables);
  const finding = languageMessages["jail-two-systems"]({});

  it("is that of its explanation where the finding has none of its own", () => {
    expect(finding.help).to.equal(undefined);
    expect(withRemedy(finding)).to.deep.equal({
      ...finding,
      help: "move the second system into a file of its own; what both need can be imported",
    });
    const [own] = compileText("architecture amd64\ncell c { }").findings;
    expect(own!.help).to.equal("there are x86, arm, arm64, riscv64");
    expect(withRemedy(own!)).to.equal(own);
  });

  it("is there for every id, and for those of the language alone", () => {
    for (const id of [...Object.keys(jailMessages), ...Object.keys(languageMessages)])
      expect(withRemedy({ ...finding, id }).help ?? all.get(id)!.help, id).to.be.a("string");
    for (const id of ["other", "toString"]) {
      const foreign = { ...finding, id };
      expect(withRemedy(foreign)).to.equal(foreign);
    }
  });
});
