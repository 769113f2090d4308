import { expect } from "chai";
import { drawn, read } from "./reading.js";

const value = (text: string): string => drawn(`const x = ${text}\n`)[0]!.replace("const x = ", "");

describe("the tree of a cell-language file", () => {
  it("has a statement per line, with its words, commas, value and block", () => {
    expect(drawn("cpus 0-3,5\n\ncomm\n")).to.deep.equal(["cpus 0..3 ,5", "comm"]);
    expect(drawn('memory "RAM" at 0 size 928M rwx dma')).to.deep.equal([
      'memory "RAM" at 0 size 973078528 rwx dma',
    ]);
    expect(drawn("a b, c d = 1, 2 .. 3\n")).to.deep.equal(["a b ,c d = 1, 2..3"]);
    expect(drawn("cell x { cpus 3; comm at 1M\n flags a }")).to.deep.equal([
      "cell x {cpus 3; comm at 1048576; flags a}",
    ]);
    expect(drawn("x {}\ny { }\nz {\n}\nw { ; ; a;; }")).to.deep.equal(["x {}", "y {}", "z {}", "w {a}"]);
  });

  it("has paths, calls and branches", () => {
    expect(drawn("platform_info.x86.apic_mode = 2")).to.deep.equal(["platform_info.x86.apic_mode = 2"]);
    expect(drawn("use f(1, b = g(), c.d)")).to.deep.equal(["use f(1, b: g(), c.d)"]);
    expect(drawn("use f (1)")).to.deep.equal(["use f 1"]);
    expect(drawn("if a { b } else if c { d } else { e }")).to.deep.equal(["if a {b} else if c {d} else {e}"]);
    expect(drawn("if a {\n  b\n}\nelse {\n  c\n}\nd")).to.deep.equal(["if a {b} else {c}", "d"]);
  });

  it("binds operators as C does, and equal ones to the left", () => {
    expect(value("1 + 2 * 3")).to.equal("(1 + (2 * 3))");
    expect(value("(1 + 2) * 3")).to.equal("((1 + 2) * 3)");
    for (const operator of ["-", "+", "*", "/", "%", "<<", ">>", "&", "^", "|", "==", "<", "&&", "||"])
      expect(value(`a ${operator} b ${operator} c`)).to.equal(`((a ${operator} b) ${operator} c)`);
    const levels = [
      ["||"],
      ["&&"],
      ["==", "!="],
      ["<", "<=", ">", ">="],
      ["|"],
      ["^"],
      ["&"],
      ["<<", ">>"],
      ["+", "-"],
      ["*", "/", "%"],
    ];
    for (const [level, group] of levels.entries()) {
      for (const loose of group) {
        for (const tight of levels[level + 1] ?? []) {
          expect(value(`a ${tight} b ${loose} c`)).to.equal(`((a ${tight} b) ${loose} c)`);
          expect(value(`a ${loose} b ${tight} c`)).to.equal(`(a ${loose} (b ${tight} c))`);
        }
        for (const same of group)
          expect(value(`a ${loose} b ${same} c`)).to.equal(`((a ${loose} b) ${same} c)`);
      }
    }
    expect(value("!a == b")).to.equal("((!a) == b)");
    expect(value("~0xff & 3")).to.equal("((~255) & 3)");
    expect(value("a ? b : c ? d : e")).to.equal("(a ? b : (c ? d : e))");
    expect(value("a || b ? 1 : 2 + 3")).to.equal("((a || b) ? 1 : (2 + 3))");
  });

  it("tells a name with hyphens, a range and a difference apart", () => {
    expect(value("a-b")).to.equal("a-b");
    expect(value("a - b")).to.equal("(a - b)");
    expect(value("5-3")).to.equal("5..3");
    expect(value("5 - 3")).to.equal("(5 - 3)");
    expect(value("(a)-(b)")).to.equal("a..b");
    expect(value("0x3f8-0x3ff")).to.equal("1016..1023");
    expect(value("a .. b")).to.equal("a..b");
    expect(value("a.start..a.end")).to.equal("a.start..a.end");
    expect(value("64bit")).to.equal("64bit");
    expect(value("[1-2, a]")).to.equal("[1..2, a]");
    expect(value("[]")).to.equal("[]");
  });

  it("reads the literals", () => {
    expect(value("0x3a00_0000")).to.equal(String(0x3a000000));
    expect(value("0XfF")).to.equal("255");
    expect(value("0b1100")).to.equal("12");
    expect(value("0B1_1")).to.equal("3");
    expect(value("007")).to.equal("7");
    expect([value("1K"), value("1M"), value("1G"), value("1T")]).to.deep.equal(
      [10, 20, 30, 40].map((bits) => String(2 ** bits)),
    );
    expect(value("0xffff_ffff_ffff_ffff")).to.equal("18446744073709551615");
    expect(value("18446744073709551615")).to.equal("18446744073709551615");
    expect(value(`${"0".repeat(500)}1`)).to.equal("1");
    expect(value(`0x${"0".repeat(500)}1f`)).to.equal("31");
    expect(value(`0b${"1".repeat(64)}`)).to.equal("18446744073709551615");
    expect(value("16777215T")).to.equal(String(16777215n << 40n));
    expect(value('"a \\"b\\" \\\\ \\n\\t\\x41\\xc3\\xa4ä"')).to.equal(JSON.stringify('a "b" \\ \n\tAää'));
    expect(value('"\\xff"')).to.equal(JSON.stringify("\udcff"));
    expect(value('""')).to.equal('""');
    expect(value("00:1f.2")).to.equal("@:fa");
    expect(value("ffff:FF:1f.7")).to.equal("@65535:ffff");
  });

  it("goes on in the next line behind and before operators, commas and brackets, where that is deeper", () => {
    expect(drawn("a 1,\n  2\nb")).to.deep.equal(["a 1 ,2", "b"]);
    expect(drawn("a 1\n  , 2\nb")).to.deep.equal(["a 1 ,2", "b"]);
    expect(drawn("a = 1 +\n  2\n  + 3\nb")).to.deep.equal(["a = ((1 + 2) + 3)", "b"]);
    expect(drawn("a = c\n  ? d\n  : e")).to.deep.equal(["a = (c ? d : e)"]);
    expect(drawn("a = f(\n  1,\n  2\n)\nb")).to.deep.equal(["a = f(1, 2)", "b"]);
    expect(drawn("a =\n  1")).to.deep.equal(["a = 1"]);
    expect(drawn("a 1,\n\n  // between\n\n  2\nb")).to.deep.equal(["a 1 ,2", "b"]);
    expect(drawn("x 1\n{\n  y\n  {\n    a\n  }\n}\nb")).to.deep.equal(["x 1 {y {a}}", "b"]);
    expect(drawn("x {\n  a 1,\n    2\n  b\n}")).to.deep.equal(["x {a 1 ,2; b}"]);
    expect(drawn("x {\n\ta 1,\n\t    2\n}")).to.deep.equal(["x {a 1 ,2}"]);
    expect(drawn("x { a 1,\n  2 }")).to.deep.equal(["x {a 1 ,2}"]);
    expect(read("x {\n  a 1,\n  b\n}").findings).to.deep.equal([
      "2:7-7 jail-expected: expected a value, found the end of the line",
    ]);
    expect(read("a 1,\nb").findings).to.have.length(1);
  });

  it("has the places of everything", () => {
    const text = "\ufeffcell  x {\r\n  a.b  f(c = 1), (2)-[3] = !4 ? 5 : 6\r\n} else y { }  // end\r\n";
    const { tree, findings } = read(text);
    expect(findings).to.deep.equal([]);
    const statement = tree.declarations[0]!;
    const inner = statement.block!.statements[0]!;
    const cut = ({ start, end }: { readonly start: number; readonly end: number }): string =>
      text.slice(start, end);
    expect(cut(statement)).to.equal(text.slice(1, text.indexOf("  //")));
    expect(cut(statement.block!)).to.equal("{\r\n  a.b  f(c = 1), (2)-[3] = !4 ? 5 : 6\r\n}");
    expect(cut(statement.branches[0]!)).to.equal("else y { }");
    expect(cut(inner)).to.equal("a.b  f(c = 1), (2)-[3] = !4 ? 5 : 6");
    expect([inner.head, ...inner.head.names].map(cut)).to.deep.equal(["a.b", "a", "b"]);
    expect(inner.items.map(cut)).to.deep.equal(["f(c = 1)", "(2)-[3]"]);
    const call = inner.items[0]!.from;
    expect(call.kind === "call" && call.arguments.map(cut)).to.deep.equal(["c = 1"]);
    const last = inner.value![0]!.from;
    expect(cut(last)).to.equal("!4 ? 5 : 6");
    expect(last.kind === "conditional" && [last.condition, last.then, last.otherwise].map(cut)).to.deep.equal(
      ["!4", "5", "6"],
    );
    expect(tree.comments.map((each) => [each.kind, cut(each)])).to.deep.equal([["line", "// end"]]);
  });

  it("keeps comments of both kinds, wherever they stand", () => {
    const text = "/* a\n b */ x /**/ 1, // c\n  /* d */ 2\n//";
    const { tree, findings } = read(text);
    expect(findings).to.deep.equal([]);
    expect(tree.comments.map(({ kind, start, end }) => [kind, text.slice(start, end)])).to.deep.equal([
      ["block", "/* a\n b */"],
      ["block", "/**/"],
      ["line", "// c"],
      ["block", "/* d */"],
      ["line", "//"],
    ]);
    expect(drawn(text)).to.deep.equal(["x 1 ,2"]);
  });

  it("reads all kinds of line ends alike", () => {
    const text = "cell x {\n  a 1,\n    2\n}\n\nconst b = 1\n";
    for (const end of ["\r\n", "\r"]) {
      expect(drawn(text.replaceAll("\n", end))).to.deep.equal(drawn(text));
      expect(read(text.replace("a 1", "a 1 =").replaceAll("\n", end)).tree.declarations).to.have.length(2);
    }
  });
});
