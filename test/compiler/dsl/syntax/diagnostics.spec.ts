import { expect } from "chai";
import { decodeText } from "../../../../schema/text.js";
import { draw, read } from "./reading.js";

function findings(text: string): readonly string[] {
  return read(text).findings;
}

function trees(text: string): readonly string[] {
  return read(text).tree.declarations.map(draw);
}

const noEnd = "found the end of the line";

describe("the findings of the cell language's syntax", () => {
  it("say what was expected, and where", () => {
    expect(findings("const a =\nb")).to.deep.equal([`1:10-10 jail-expected: expected a value, ${noEnd}`]);
    expect(findings("a = (1\nb")).to.deep.equal([`1:7-7 jail-expected: expected \`)\`, ${noEnd}`]);
    expect(findings("a [1, 2\nb")).to.deep.equal([`1:8-8 jail-expected: expected \`]\`, ${noEnd}`]);
    expect(findings("a = b ? 1\nc")).to.deep.equal([`1:10-10 jail-expected: expected \`:\`, ${noEnd}`]);
    expect(findings("a.\nb")).to.deep.equal([`1:3-3 jail-expected: expected a name, ${noEnd}`]);
    expect(findings("= 3")).to.deep.equal(["1:1-2 jail-expected: expected a name, found `=`"]);
    expect(findings("5")).to.deep.equal(["1:1-2 jail-expected: expected a name, found `5`"]);
    expect(findings("a ) b")).to.deep.equal(["1:3-4 jail-expected: expected the end of the line, found `)`"]);
    expect(findings("a = 1 2")).to.deep.equal([
      "1:7-8 jail-expected: expected the end of the line, found `2`",
    ]);
    expect(findings("a b =\n  {}")).to.deep.equal(["2:3-4 jail-expected: expected a value, found `{`"]);
    expect(findings("x { a = }")).to.deep.equal(["1:9-10 jail-expected: expected a value, found `}`"]);
    expect(findings("a b,, c")).to.deep.equal(["1:5-6 jail-expected: expected a value, found `,`"]);
    expect(findings("f(1 2)")).to.deep.equal(["1:5-6 jail-expected: expected `)`, found `2`"]);
    expect(findings("a f(1 2)")).to.deep.equal(["1:7-8 jail-expected: expected `)`, found `2`"]);
  });

  it("say where blocks and branches cannot stand", () => {
    expect(findings("x { } y")).to.deep.equal([
      "1:7-8 jail-expected: expected the end of the line, found `y`",
    ]);
    expect(findings("x { } { a }\nb")).to.deep.equal([
      "1:7-8 jail-expected: expected the end of the line, found `{`",
    ]);
    expect(findings("{ a }")).to.deep.equal(["1:1-2 jail-expected: expected a name, found `{`"]);
    expect(findings("x\n  {\n  a\n}\ny")).to.deep.equal(["2:3-4 jail-expected: expected a name, found `{`"]);
    expect(findings("else { a }")).to.deep.equal(["1:1-5 jail-expected: expected a name, found `else`"]);
    expect(findings("if a { b } else c\nd")).to.deep.equal([
      `1:18-18 jail-expected: expected \`{\`, ${noEnd}`,
    ]);
    expect(findings("if a { b } else = { c }")).to.deep.equal([
      "1:17-18 jail-expected: expected the end of the line, found `=`",
    ]);
  });

  it("name what is wrong with a word", () => {
    expect(findings("a 1 € $$ 2")).to.deep.equal([
      "1:5-6 jail-odd-character: `€` has no meaning here",
      "1:7-9 jail-odd-character: `$$` has no meaning here",
    ]);
    expect(findings("a \u0000b")).to.deep.equal(["1:3-4 jail-odd-character: `\u0000` has no meaning here"]);
    expect(findings('a "b c\nd')).to.deep.equal(['1:3-7 jail-open-text: this text has no closing `"`']);
    expect(findings('a "b\\"\nd')).to.deep.equal(['1:3-7 jail-open-text: this text has no closing `"`']);
    expect(findings('a "b\\\nd')).to.deep.equal(['1:3-6 jail-open-text: this text has no closing `"`']);
    expect(findings("a /* b\nc")).to.deep.equal(["1:3-5 jail-open-comment: this comment has no `*/`"]);
    expect(findings('a "b\\q\\x4\\xfg"')).to.deep.equal([
      "1:5-7 jail-bad-escape: `\\q` is no escape",
      "1:7-9 jail-bad-escape: `\\x` is no escape",
      "1:10-12 jail-bad-escape: `\\x` is no escape",
    ]);
    expect(findings("a 0x 0b_ 0x_")).to.deep.equal([
      "1:3-5 jail-bad-number: `0x` is no number",
      "1:6-9 jail-number-without-digits: `0b_` has no digits",
      "1:10-13 jail-number-without-digits: `0x_` has no digits",
    ]);
    expect(findings("a 0x12g 6m 6MB 4KiB 0b12 64bit")).to.deep.equal([
      "1:3-8 jail-bad-number: `0x12g` is no number",
      "1:9-11 jail-bad-number: `6m` is no number",
      "1:12-15 jail-bad-number: `6MB` is no number",
      "1:16-20 jail-bad-number: `4KiB` is no number",
      "1:21-25 jail-bad-number: `0b12` is no number",
    ]);
    expect(findings("a 18446744073709551616 16777216T 0x1_0000_0000_0000_0000")).to.deep.equal([
      "1:3-23 jail-number-too-large: `18446744073709551616` is more than 64 bits hold",
      "1:24-33 jail-number-too-large: `16777216T` is more than 64 bits hold",
      "1:34-57 jail-number-too-large: `0x1_0000_0000_0000_0000` is more than 64 bits hold",
    ]);
    expect(findings("a 00:20.0")).to.deep.equal([
      "1:3-10 jail-address-out-of-range: `00:20.0` names device 0x20, but a bus has only the devices 00 to 1f",
    ]);
    expect(findings("a 00:1f.9 00:1f.8-00:1f.7")).to.deep.equal([
      "1:3-10 jail-address-out-of-range: `00:1f.9` names function 9, but a device has only the functions 0 to 7",
      "1:11-18 jail-address-out-of-range: `00:1f.8` names function 8, but a device has only the functions 0 to 7",
    ]);
  });

  it("tell once that the text is of another kind", () => {
    const all = (text: string) => findings(text).map((each) => each.replace(/^.*jail-other-kind: /, ""));
    expect(all("/* a\n cell */\n#include <jailhouse/types.h>\nstruct { int a; } b = { 1 };\n")).to.deep.equal(
      ["this is C, not the cell language"],
    );
    expect(all("struct {\n\tint a;\n} b = { 1 };\n")).to.deep.equal(["this is C, not the cell language"]);
    const cell = "JHCLL\0\u000e\0\u0001\udcff\udcfe".padEnd(200, "\0");
    expect(all(cell)).to.deep.equal(["this is a .cell file, not the cell language"]);
    const utf16 = decodeText(Buffer.from("\ufeffarchitecture x86\ncell a { }\n", "utf16le"));
    expect(all(utf16)).to.deep.equal(["this is UTF-16, not the cell language"]);
    expect(findings("structure = 1\n")).to.deep.equal([]);
  });

  it("bound nesting and length", () => {
    const nested = (open: string, close: string, depth: number): string =>
      `a ${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const [open, close] of [
      ["(", ")"],
      ["[", "]"],
      ["f(", ")"],
      ["b ? ", " : c"],
      ["b ? 1 : ", ""],
    ] as const) {
      expect(findings(nested(open, close, 64)), open).to.deep.equal([]);
      expect(findings(`${nested(open, close, 65)}\nb`), open).to.match(
        /^1:\d+-\d+ jail-too-deep: nested more than 64 levels deep$/,
      );
    }
    expect(findings(`${"x {".repeat(64)}${"}".repeat(64)}`)).to.deep.equal([]);
    expect(findings(`${"x {".repeat(65)}${"}".repeat(65)}`)[0]).to.match(/jail-too-deep/);
    // Beside each other, nothing is deep.
    expect(findings(`a ${"b ? 1 : 2, ".repeat(100)}3 ${"b ? 1 : 2 ".repeat(100)}`)).to.deep.equal([]);
    expect(findings(`a ${"(1) [2] f(3), ".repeat(100)}3`)).to.deep.equal([]);
    expect(findings(`x {${"a (b;".repeat(100)}}`)).to.not.match(/too-deep/);

    expect(findings(`a = 1${" + 1".repeat(500)}`)).to.deep.equal([]);
    expect(findings(`a = 1${" + 1".repeat(501)}`)).to.deep.equal([
      "1:2007-2008 jail-too-long: an expression of more than 500 operators",
    ]);
    expect(findings(`a = 1${" + 1".repeat(300)} + (1${" + 1".repeat(300)})`)[0]).to.match(/jail-too-long/);
    expect(findings(`a [1${" + 1".repeat(300)}, 1${" + 1".repeat(300)}]`)).to.deep.equal([]);
    expect(findings(`a${" 1".repeat(19_999)}`)).to.deep.equal([]);
    expect(findings(`a${" 1".repeat(20_000)}`)).to.deep.equal([
      "1:40001-40002 jail-statement-too-long: a statement of more than 20,000 words and signs",
    ]);
    expect(findings(" ".repeat(1 << 20))).to.deep.equal([]);
    expect(findings(" ".repeat((1 << 20) + 1))).to.deep.equal([
      "1:1-1 jail-source-too-large: the file has 1,048,577 characters; 1,048,576 is the most that is read",
    ]);
  });

  it("come in the order of the text, and are not told without end", () => {
    expect(findings("x {\na =\n €\n").map((each) => each.slice(0, 4))).to.deep.equal([
      "1:3-",
      "2:4-",
      "3:2-",
    ]);
    const many = findings("a =\n".repeat(2000));
    expect(many).to.have.length(1001);
    expect(many.slice(999)).to.deep.equal([
      `1000:4-4 jail-expected: expected a value, ${noEnd}`,
      "1000:4-4 jail-too-many-errors: more than 1,000 mistakes; the others are not listed",
    ]);
    expect(findings("a =\n".repeat(1000))).to.have.length(1000);
    expect(findings("€a\n".repeat(1001)).at(-1)).to.match(/jail-too-many-errors/);
    expect(findings("}\n".repeat(1001)).at(-1)).to.match(/jail-too-many-errors/);
    expect(findings(`x {\n${"a =\n".repeat(1001)}}`).at(-1)).to.match(/jail-too-many-errors/);
  });

  it("leave everything else in the tree", () => {
    expect(trees("x {\n  a\n  b = = 3\n  c { 1 2 }\n  5 d\n  e\n}\nf")).to.deep.equal([
      "x {a; ? b; c {? 1 2}; ? 5 d; e}",
      "f",
    ]);
  });

  it("keep the parts of a broken statement that make sense", () => {
    expect(trees("memory ram at 0 size ) rwx")).to.deep.equal(["? memory ram at 0 size"]);
    expect(trees("x { } { a; b }\nc")).to.deep.equal(["? x {}", "c"]);
    expect(trees("{ a }")).to.deep.equal(["? {a}"]);
    expect(trees("else if b { a }")).to.deep.equal(["? if b {a}"]);
    expect(trees("if a { b } else c")).to.deep.equal(["? if a {b}"]);
  });
});
