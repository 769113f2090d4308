import { expect } from "chai";
import { format } from "../../../../compiler/dsl/format/format.js";
import { SourceFile } from "../../../../compiler/support/source.js";

function formatted(text: string): string | undefined {
  return format(new SourceFile("machine.jail", text), () => undefined);
}

/** What becomes of a text, and that it stays so. */
function gives(text: string, lines: readonly string[]): void {
  const expected = lines.map((line) => `${line}\n`).join("");
  expect(formatted(text)).to.equal(expected);
  expect(formatted(expected)).to.equal(expected);
}

describe("the formatter", () => {
  it("puts one statement on a line, and no blanks where none are needed", () => {
    gives("\ufeff\n\n  a   1 ;b\t2;;\r\n\r\n\r\n\r\n c=3\n\n", ["a 1", "b 2", "", "c = 3"]);
    gives("a", ["a"]);
    expect(formatted("")).to.equal("");
    expect(formatted("\n ;\n")).to.equal("");
  });

  it("spaces words and signs", () => {
    gives("x=1+2*( 3 -4 )%! a", ["x = 1 + 2 * (3 - 4) % !a"]);
    gives("x a . b .c f( 1 ,n=2 ) [ 1-2,a..b ] g (1)", ["x a.b.c f(1, n = 2) [1-2, a .. b] g (1)"]);
    gives("x=a?b:c   ?d:~ e", ["x = a ? b : c ? d : ~e"]);
    gives("x 0-3,5 (a)-(b)", ["x 0-3, 5 (a)-(b)"]);
    gives("x a<b&&c>=d||e!=f", ["x a < b && c >= d || e != f"]);
    gives('f(1)\nx "a   b"  5(2)', ["f(1)", 'x "a   b" 5(2)']);
  });

  it("writes hexadecimal digits small, and leaves all else of a number alone", () => {
    gives("x 0X3A00_0000 0B1_1 007 1_000 6M 00:1F.2 ABCD:00:1f.2 0xFF-0XFe", [
      "x 0x3a00_0000 0b1_1 007 1_000 6M 00:1f.2 abcd:00:1f.2 0xff-0xfe",
    ]);
    gives('x DEAD "0XFF"', ['x DEAD "0XFF"']);
  });

  it("indents blocks by two, and drops blank lines at their ends", () => {
    gives("x {\n\n a { b\nc }\n\n\n}\n", ["x {", "  a {", "    b", "    c", "  }", "}"]);
    gives("x {\n}\ny {   }\nz {\n\n// c\n\n}", ["x {}", "y {}", "z {", "  // c", "}"]);
  });

  it("keeps a block on one line that stands there, has no comment and fits", () => {
    gives("x   { a 1;b 2 ;}", ["x { a 1; b 2 }"]);
    gives("x { y { a } ; z {} }", ["x { y { a }; z {} }"]);
    gives("x { a /* c */ }", ["x {", "  a /* c */", "}"]);
    const list = Array.from({ length: 12 }, (_, index) => `word-${index}`).join(" ");
    gives(`a${list.slice(4)} { b }`, [`a${list.slice(4)} { b }`]);
    gives(`x { ${list}; y }`, [`x { ${list}; y }`]);
    gives(`x { ${list} ${list} }`, ["x {", `  ${list} ${list}`, "}"]);
  });

  it("puts else behind its brace, unless a comment stands between", () => {
    gives("if a {b}\nelse if c{d} else{e}", ["if a { b } else if c { d } else { e }"]);
    gives("if a {\nb}\nelse {c}", ["if a {", "  b", "} else {", "  c", "}"]);
    gives("if a {b} // c\n// d\nelse {e}", ["if a {", "  b", "} // c", "// d", "else {", "  e", "}"]);
    gives("if a {b} /* c */ else {e}", ["if a {", "  b", "} /* c */ else {", "  e", "}"]);
  });

  it("lines up the heads of a run, and what follows labels of the same head", () => {
    gives("x {\n architecture x86\n flags a, b\n x86 { c 1; d 2 }\n comm\n\n cpus 0-3\n}", [
      "x {",
      "  architecture x86",
      "  flags        a, b",
      "  x86          { c 1; d 2 }",
      "  comm",
      "",
      "  cpus 0-3",
      "}",
    ]);
    gives(
      'memory "RAM" at 0 size 928M rwx dma\nmemory inmates at 0x3a60_0000 size 74M rw\nmemory "ACPI" 0x1 .. 0x2 r',
      [
        'memory "RAM"   at 0           size 928M rwx dma',
        "memory inmates at 0x3a60_0000 size 74M  rw",
        'memory "ACPI"  0x1 .. 0x2 r',
      ],
    );
    gives(
      "capability pm at 0xc8 size 8 rw\ncapability msix at 0xd0 size 14 rw\ncapability ext err at 0x100",
      [
        "capability pm   at 0xc8 size 8  rw",
        "capability msix at 0xd0 size 14 rw",
        "capability ext err at 0x100",
      ],
    );
    gives("scenario bare-metal { a }\nscenario all { a; b }", [
      "scenario bare-metal { a }",
      "scenario all        { a; b }",
    ]);
    gives("const a = 1\nconst longer = 2 + 3\nx.y = 4", [
      "const a      = 1",
      "const longer = 2 + 3",
      "x.y = 4",
    ]);
    gives("x {\na 1\nlonger = 2\nb.c = 3\ncomm\ndefg h\n}", [
      "x {",
      "  a 1",
      "  longer = 2",
      "  b.c    = 3",
      "  comm",
      "  defg h",
      "}",
    ]);
    gives("interrupts spi 124-127 base 128 for links\ninterrupts spi 8 base 192", [
      "interrupts spi 124-127 base 128 for links",
      "interrupts spi 8       base 192",
    ]);
  });

  it("lines nothing up with a comment line, a longer statement, an if or an expression between", () => {
    const inBlock = (text: string, lines: readonly string[]): void =>
      gives(`x {\n${text}\n}`, ["x {", ...lines.map((line) => `  ${line}`), "}"]);
    inBlock("a 1\n// c\nlonger 2", ["a 1", "// c", "longer 2"]);
    inBlock("a 1\nb {\nc\n}\nlonger 2", ["a 1", "b {", "  c", "}", "longer 2"]);
    inBlock("a 1\nif b { c }\nlonger 2", ["a 1", "if b { c }", "longer 2"]);
    gives("a 1\nlonger 2", ["a 1", "longer 2"]);
    gives("m first a - 4K of b\nm last 4K of b", ["m first a - 4K of b", "m last 4K of b"]);
    gives("m at 0 size a + 1 rw\nm at 10 size 4K rw", ["m at 0  size a + 1 rw", "m at 10 size 4K rw"]);
  });

  it("keeps comments where they stand, those behind lines in a column", () => {
    gives("a 1 // one\nlonger 2// two  \n  // own\nb/* three */ /* four */\nc 3\nd /*five*/ 6", [
      "a 1      // one",
      "longer 2 // two",
      "// own",
      "b /* three */ /* four */",
      "c 3",
      "d /*five*/ 6",
    ]);
    gives("x { // open\n// own\n\na // behind\n} // end\n\n\n// last", [
      "x { // open",
      "  // own",
      "",
      "  a // behind",
      "} // end",
      "",
      "// last",
    ]);
    gives("/* a\n   b */ c", ["/* a", "   b */", "c"]);
  });

  it("breaks long lists with a hanging indent, and joins short ones", () => {
    const word = (index: number): string => `0xffff_000${index}`;
    const all = Array.from({ length: 10 }, (_, index) => word(index));
    gives(`  bars ${all.join(",")}`, [
      `bars ${all.slice(0, 8).join(", ")},`,
      `    ${all.slice(8).join(", ")}`,
    ]);
    gives("a 1,\n  2,\n  3", ["a 1, 2, 3"]);
    gives("a = f(\n  1,\n  2\n)", ["a = f(1, 2)"]);
    gives("a root, // me\n  // the others\n  b, c, // them\n  d", [
      "a root, // me",
      "    // the others",
      "    b, c, // them",
      "    d",
    ]);
    const sum = all.slice(0, 9).join(" + ");
    gives(`a = ${sum}`, [`a = ${all.slice(0, 7).join(" + ")}`, `    + ${word(7)} + ${word(8)}`]);
  });

  it("refuses a file with mistakes and says which", () => {
    const ids: string[] = [];
    const source = new SourceFile("machine.jail", "a =\nb }\n");
    expect(format(source, ({ id }) => ids.push(id))).to.equal(undefined);
    expect(ids).to.deep.equal(["jail-expected", "jail-stray-brace"]);
  });
});
