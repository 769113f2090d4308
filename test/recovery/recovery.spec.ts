import { expect } from "chai";
import fc from "fast-check";
import { allCases, RecoveryCases } from "./cases.js";

const machine = `system pc { architecture x86
  memory ram at 0 size 64M rwx
}
fragment f(at) { memory at at size 4K r }
cell a {
  memory first 4K of ram rw
  use f(0x1000)
}
`;

/** What is said of the machine above without the first occurrence of a piece behind another one. */
function judgementWithout(piece: string, behind = "") {
  const start = machine.indexOf(piece, machine.indexOf(behind) + behind.length);
  return new RecoveryCases({ file: "machine.jail", text: machine, isMachine: true }).judge({
    start,
    end: start + piece.length,
  });
}

describe("recovery from a missing word", () => {
  const cases = allCases().flatMap((each) =>
    each.deletions.map((deletion) => ({ source: each.source, deletion, judge: () => each.judge(deletion) })),
  );

  it("costs nothing outside the declaration that misses it", () => {
    expect(cases.length).to.be.greaterThan(8000);
    const chosen = fc.sample(fc.integer({ min: 0, max: cases.length - 1 }), 2000);
    for (const { source, deletion, judge } of chosen.map((index) => cases[index]!)) {
      const { start, end } = deletion;
      const around = `${source.text.slice(start - 20, start)}[${source.text.slice(start, end)}]`;
      expect(judge().complaint, `${source.file}: ${around}`).to.equal(undefined);
    }
  });

  it("is seen to fail where the syntax of another declaration is lost", () => {
    const text = "const a = 1\nconst b = 2\n";
    const check = new RecoveryCases({ file: "machine.jail", text, isMachine: false });
    expect(check.judge({ start: 0, end: 5 }).complaint).to.equal(undefined);
    expect(check.judge({ start: 10, end: 16 }).complaint).to.equal("the declaration at 0 has changed");
    expect(check.judge({ start: 11, end: 12 }).complaint).to.match(/has changed$/);
  });

  it("is seen to fail where a finding lies in another declaration", () => {
    // Two words at once are more than the compiler promises to bear.
    expect(judgementWithout("ram at").complaint).to.match(
      /^there is a finding at \d+: jail-unknown-name: nothing is called `ram` here$/,
    );
  });

  it("excuses findings about what is not there any more", () => {
    const judgement = { complaint: undefined, isValid: false };
    expect(judgementWithout("ram")).to.deep.equal({ ...judgement, excuses: ["lost name"] });
    expect(judgementWithout("at", "f(")).to.deep.equal({ ...judgement, excuses: ["lost parameter"] });
    expect(judgementWithout("rwx")).to.deep.equal({ complaint: undefined, excuses: [], isValid: true });
  });
});
