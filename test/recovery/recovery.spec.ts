import { expect } from "chai";
import fc from "fast-check";
import { deletionsOf, RecoveryCheck } from "./deletions.js";
import { jailSources } from "./sources.js";

describe("recovery from a missing word", () => {
  const cases = jailSources().flatMap(([file, text]) => {
    const check = new RecoveryCheck(text);
    return deletionsOf(text).map((deletion) => ({ file, text, deletion, check }));
  });

  it("costs nothing outside the declaration that misses it", () => {
    expect(cases.length).to.be.greaterThan(500);
    const chosen = fc.sample(fc.integer({ min: 0, max: cases.length - 1 }), 2000);
    for (const { file, text, deletion, check } of chosen.map((index) => cases[index]!)) {
      const around = `${text.slice(deletion.start - 20, deletion.start)}[${text.slice(deletion.start, deletion.end)}]`;
      expect(check.complaint(deletion), `${file}: ${around}`).to.equal(undefined);
    }
  });

  it("is seen to fail where a declaration is lost", () => {
    const text = "const a = 1\nconst b = 2\n";
    const check = new RecoveryCheck(text);
    expect(check.complaint({ start: 0, end: 5 })).to.equal(undefined);
    expect(check.complaint({ start: 10, end: 16 })).to.equal("the declaration at 0 has changed");
    expect(check.complaint({ start: 11, end: 12 })).to.match(/has changed$/);
  });
});
