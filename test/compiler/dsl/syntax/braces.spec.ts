import { expect } from "chai";
import { draw, read } from "./reading.js";

function reading(text: string): { readonly trees: readonly string[]; readonly findings: readonly string[] } {
  const { tree, findings } = read(text);
  return { trees: tree.declarations.map(draw), findings };
}

const unclosed = "jail-unclosed-brace: this `{` is never closed";
const stray = "jail-stray-brace: this `}` has no `{`";

describe("the repair of braces", () => {
  it("closes a block where a line is no deeper", () => {
    expect(reading("a {\n  b {\n    c\n  d\n}\ne")).to.deep.equal({
      trees: ["a {b {c}; d}", "e"],
      findings: [`2:5-6 ${unclosed}`],
    });
    expect(reading("a {\n  b\n\nc {\n  d\n}\n")).to.deep.equal({
      trees: ["a {b}", "c {d}"],
      findings: [`1:3-4 ${unclosed}`],
    });
    expect(reading("a { b { c }\nd")).to.deep.equal({
      trees: ["a {b {c}}", "d"],
      findings: [`1:3-4 ${unclosed}`],
    });
    expect(reading("a {\n  b {").findings).to.deep.equal([`1:3-4 ${unclosed}`, `2:5-6 ${unclosed}`]);
    expect(reading("if a {\n  b\nelse {\n  c\n}\nd")).to.deep.equal({
      trees: ["if a {b} else {c}", "d"],
      findings: [`1:6-7 ${unclosed}`],
    });
  });

  it("opens a block where lines are deeper, or a `}` asks for it", () => {
    expect(reading("cell a\n  b\n  c\n}\nd")).to.deep.equal({
      trees: ["cell a {b; c}", "d"],
      findings: ["1:1-5 jail-missing-brace: the block of `cell` has no `{`"],
    });
    expect(reading("cell a\n}\nd")).to.deep.equal({
      trees: ["cell a {}", "d"],
      findings: ["1:1-5 jail-missing-brace: the block of `cell` has no `{`"],
    });
    expect(reading("x {\n  a 1\n    b\n  }\n  c\n}\nd")).to.deep.equal({
      trees: ["x {a 1 {b}; c}", "d"],
      findings: ["2:3-4 jail-missing-brace: the block of `a` has no `{`"],
    });
    expect(reading("scenario all a; b }\nd")).to.deep.equal({
      trees: ["scenario all {a; b}", "d"],
      findings: ["1:1-9 jail-missing-brace: the block of `scenario` has no `{`"],
    });
    expect(reading('cell "a" b }\nd').trees).to.deep.equal(['cell "a" {b}', "d"]);
    expect(reading("x 5 b }\nd").trees[1]).to.equal("d");
  });

  it("leaves out what closes nothing", () => {
    expect(reading("a { b }\n}\nc")).to.deep.equal({ trees: ["a {b}", "c"], findings: [`2:1-2 ${stray}`] });
    expect(reading("a { b } }\nc")).to.deep.equal({ trees: ["a {b}", "c"], findings: [`1:9-10 ${stray}`] });
    expect(reading("} a\nc")).to.deep.equal({ trees: ["a", "c"], findings: [`1:1-2 ${stray}`] });
    expect(reading("a }\nc").findings).to.deep.equal([`1:3-4 ${stray}`]);
    expect(reading("5 6 7 }\nc").findings).to.include(`1:7-8 ${stray}`);
    expect(reading("a b }}\nc b\n")).to.deep.equal({
      trees: ["a b {}", "c b"],
      findings: ["1:1-2 jail-missing-brace: the block of `a` has no `{`", `1:5-6 ${stray}`],
    });
  });

  it("leaves braces alone that match, whatever the indentation", () => {
    expect(reading("a {\nb {\nc\n}\n    }\n  d {\n}")).to.deep.equal({
      trees: ["a {b {c}}", "d {}"],
      findings: [],
    });
    expect(reading("a {\nb\n}\nc {\nd\n}\ne {\nf\n").findings).to.deep.equal([`7:3-4 ${unclosed}`]);
  });

  it("does not let two mistakes make up for each other", () => {
    const { trees, findings } = reading("a\n  b\n}\nc {\n  d\ne {\n  f\n}\n");
    expect(trees).to.deep.equal(["a {b}", "c {d}", "e {f}"]);
    expect(findings).to.deep.equal([
      "1:1-2 jail-missing-brace: the block of `a` has no `{`",
      `4:3-4 ${unclosed}`,
    ]);
  });

  it("measures tabs by columns and ignores a byte order mark", () => {
    expect(reading("\ufeffa {\n\tb {\n\t\tc\n        d\n}\ne").findings).to.deep.equal([`2:4-5 ${unclosed}`]);
    expect(reading("/* x */ a {\n  b\nc").trees).to.deep.equal(["a {b}", "c"]);
  });
});
