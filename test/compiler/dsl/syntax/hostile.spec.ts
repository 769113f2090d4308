import { expect } from "chai";
import { longestSource } from "../../../../compiler/dsl/syntax/limits.js";
import { read } from "./reading.js";

/** As much of a text as a source may have. */
function full(piece: string, before = "", after = ""): string {
  const room = longestSource - before.length - after.length;
  return before + piece.repeat(Math.floor(room / piece.length)) + after;
}

const deep = 100_000;

/** What is said first of each, and the statements at the top that are left; each is also a test that it ends. */
const cases: Readonly<Record<string, readonly [text: string, finding: RegExp, declarations: number]>> = {
  "open braces": ["{".repeat(deep), /^1:1-2 jail-unclosed-brace/, 0],
  "open blocks": ["x {\n".repeat(deep), /^1:3-4 jail-unclosed-brace/, 0],
  "blocks that match": [`${"x {".repeat(deep)}${"}".repeat(deep)}`, /jail-too-deep/, 0],
  "closing braces": ["} ".repeat(deep), /^1:1-2 jail-stray-brace/, 0],
  parentheses: [`a ${"(".repeat(deep)}`, /^1:67-68 jail-too-deep/, 0],
  lists: [`a ${"[".repeat(deep)}`, /^1:67-68 jail-too-deep/, 0],
  conditions: [`a ${"b ? ".repeat(deep)}`, /jail-too-deep/, 0],
  "one operator behind the other": [full("+1", "a 1"), /jail-statement-too-long/, 0],
  "one item behind the other": [full("a "), /jail-statement-too-long/, 0],
  "one comma behind the other": [full("1,\n  ", "a "), /jail-statement-too-long/, 0],
  "one block behind the other": [full("{}", "a "), /^1:3-4 |jail-expected/, 0],
  "odd characters": [full("€"), /^1:1-1048577 jail-odd-character: `€{40}\.\.\.`/, 0],
  "odd characters between words": [full("€a"), /^1:1-2 jail-odd-character/, 0],
  NULs: [full("\u0000"), /jail-odd-character/, 0],
  "an open comment": [full("* /", "/*"), /^1:1-3 jail-open-comment/, 0],
  "many open comments": [full("/*\n"), /jail-open-comment/, 0],
  "an open text": [full("x", 'a "'), /^1:3-1048577 jail-open-text/, 1],
  "a text of escapes": [full("\\q", 'a "', '"'), /jail-bad-escape/, 1],
  "open texts": [full('"\n'), /jail-open-text/, 1001],
  "a long name": [full("a-", "", "a"), /^$/, 1],
  "a long number": [full("9", "a "), /^1:3-1048577 jail-number-too-large: `9{40}\.\.\.`/, 1],
  "a long hexadecimal number": [full("f", "a 0x"), /jail-number-too-large/, 1],
  "many mistakes": ["a =\n".repeat(deep), /^1:4-4 jail-expected/, 1001],
  "many mistakes in a block": [`x {\n${"a =\n".repeat(deep)}}`, /^2:4-4 jail-expected/, 1],
  "many statements": ["a\n".repeat(deep), /^$/, deep],
  "many statements in a line": ["a;".repeat(deep), /^$/, deep],
  "a file that is too large": ["a b c\n".repeat(1_700_000), /^1:1-1 jail-source-too-large/, 0],
};

describe("hostile texts", () => {
  for (const [name, [text, finding, declarations]] of Object.entries(cases)) {
    it(`end in a finding or a tree: ${name}`, () => {
      const { tree, findings } = read(text);
      expect(findings[0] ?? "").to.match(finding);
      expect(findings.length).to.be.at.most(1001);
      expect(Math.max(0, ...findings.map((each) => each.length))).to.be.below(300);
      if (declarations > 0) expect(tree.declarations).to.have.length(declarations);
    });
  }
});
