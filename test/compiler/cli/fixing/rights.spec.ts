import { expect } from "chai";
import { allRules } from "../../../../compiler/check/registry.js";
import { readCases } from "../../../support/rule-cases.js";

describe("fixes of all rules", () => {
  it("change no right of a cell", () => {
    // The cases of the rules have recorded what their fixes change.
    const flags = allRules.flatMap((rule) =>
      readCases(rule).flatMap(({ sections }) => [
        ...(sections.get("findings") ?? "").matchAll(/^ {4}(?:flag .*|copy .*flags \[.*)$/gm),
      ]),
    );
    const names = new Set(flags.flatMap(([line]) => line.match(/JAILHOUSE_\w+/g) ?? []));
    expect(names).to.include("JAILHOUSE_MEM_LOADABLE");
    for (const name of names)
      expect(name).not.to.match(/_(?:READ|WRITE|EXECUTE|DMA|ROOTSHARED|COMM_REGION)$/);
  });
});
