import { expect } from "chai";
import { compileText, hex, idsOf, lineOf } from "./reference.js";

function findingsOf(text: string): [number, string, string][] {
  return compileText(text).findings.map((finding) => [lineOf(finding), finding.id, finding.message]);
}

/** The text under the primary mark of the only finding. */
function marked(text: string): string {
  const { findings } = compileText(text);
  expect(findings.map(({ message }) => message)).to.have.length(1);
  const place = findings[0]!.primary!.place;
  if (place.kind !== "source") throw new Error("no place in the source");
  return text.slice(place.span.start, place.span.end);
}

describe("C reader, mistakes", () => {
  it("reports ten independent errors of a config, each at its place, and nothing else", () => {
    const text = [
      "typedef unsigned u32;",
      "struct memory { unsigned long phys_start, virt_start, size, flags; } __attribute__((packed));",
      "struct { char name[8]; u32 n; struct memory m[3]; struct { u32 a[2]; } t; } __attribute__((packed)) config = {",
      '  .nane = "x",',
      "  .n = UNKNOWN,",
      "  .m = {",
      "    { .phys_strat = 1, .size = 2 },",
      "    { .phys_start = 1 .size = 2 },",
      "    { .flags = (1 | 2, },",
      "    [7] = { 0 },",
      "  },",
      "  .t.a[1] = 1 / 0,",
      "  .t = { .a = { 1 +, 2 } },",
      "  .n.x = 5,",
      '  .n = "text",',
      "};",
    ].join("\n");
    expect(findingsOf(text)).to.deep.equal([
      [4, "c-unknown-member", "`anonymous struct` has no member `nane`"],
      [5, "c-unknown-name", "`UNKNOWN` is not defined"],
      [7, "c-unknown-member", "`struct memory` has no member `phys_strat`"],
      [8, "c-expected-between", "expected `,` before `.size`"],
      [9, "c-expected", "expected an expression, found `}`"],
      [10, "c-designator", "index 7 is out of range: `struct memory[3]` has 3 elements"],
      [12, "c-division-by-zero", "division by zero in `/`"],
      [13, "c-expected", "expected an expression, found `,`"],
      [14, "c-designator", "`.` after a value of type `unsigned int`, which has no parts"],
      [15, "c-wrong-initializer", "`u32` cannot be initialised from a string literal"],
    ]);
  });

  it("keeps what is right around an error", () => {
    const { unit } = compileText("unsigned char x[] = { 1, NOPE, 3, +, 5 }; unsigned char y[] = { 6 };");
    expect(unit.objects.map(({ bytes }) => hex(bytes))).to.deep.equal(["01000305", "06"]);
  });

  it("offers the member that was meant", () => {
    const { findings } = compileText("struct memory { int phys_start; } x = { .phys_strat = 1 };");
    expect(findings[0]!.help).to.equal("did you mean `phys_start`?");
  });

  it("offers the enum constant that was meant", () => {
    const { findings } = compileText("enum { UART_IRQ = 3 }; int x = UART_IQR;");
    expect(findings[0]!.help).to.equal("did you mean `UART_IRQ`?");
  });

  it("marks a missing comma between the two values", () => {
    const text = "int x[] = { 1, 2 3, 4 };";
    const { findings, unit } = compileText(text);
    expect(findings).to.have.length(1);
    const place = findings[0]!.primary!.place;
    if (place.kind !== "source") throw new Error("no place in the source");
    expect([place.span.start, place.span.end]).to.deep.equal([text.indexOf(" 3"), text.indexOf(" 3")]);
    expect(findings[0]!.primary!.text).to.equal("expected `,`");
    expect(hex(unit.objects[0]!.bytes)).to.equal("01000000020000000300000004000000");
  });

  it("goes on behind a list that is never closed", () => {
    expect(findingsOf("int x[] = { 1, { 2 ;\nint y = nope;")).to.deep.equal([
      [1, "c-scalar-braces", "braces around a value of type `int`"],
      [1, "c-expected-between", "expected `,` or `}` before `;`"],
      [2, "c-unknown-name", "`nope` is not defined"],
    ]);
  });

  it("goes on behind a missing semicolon", () => {
    expect(findingsOf("int x = 1\nint y = 2\nstruct s { int a }\n; int z = nope;")).to.deep.equal([
      [1, "c-expected-between", "expected `;` before `int`"],
      [2, "c-expected-between", "expected `;` before `struct`"],
      [3, "c-expected-between", "expected `;` before `}`"],
      [4, "c-unknown-name", "`nope` is not defined"],
    ]);
  });

  it("marks the place behind the body of a struct, union or enum where the semicolon is missing", () => {
    const bodies = [
      "struct s { int a; }",
      "union { int a; } __attribute__((packed))",
      "enum { A }",
      "struct {}",
    ];
    const followers = [
      "int y = 2;",
      "struct v { int a; } y = { 2 };",
      "const struct t y = { 2 };",
      "static unsigned long y = 2;",
      "typedef int u; int y = 2;",
      "u32 y = 2;",
      "extern u32 *z; u32 y = 2;",
      '_Static_assert(1, ""); int y = 2;',
    ];
    for (const body of bodies) {
      for (const follower of followers) {
        const text = `typedef int u32; struct t { int a; };\n${body}\n${follower}`;
        const { findings } = compileText(text);
        expect(
          findings.map(({ id, primary }) => [id, primary?.text]),
          text,
        ).to.deep.equal([["c-expected-between", "expected `;`"]]);
        const place = findings[0]!.primary!.place;
        const end = text.indexOf(body) + body.length;
        expect(place.kind === "source" && place.span.start, text).to.equal(end);
        const { unit } = compileText(text);
        expect(hex(unit.objects.at(-1)!.bytes).slice(0, 8), text).to.equal("02000000");
      }
    }
  });

  it("knows a missing semicolon within a struct, and at the end of the file", () => {
    expect(findingsOf("struct s {\n struct { int a; }\n int b; enum { A } \n};\nstruct t {}")).to.deep.equal([
      [2, "c-expected-between", "expected `;` before `int`"],
      [3, "c-expected-between", "expected `;` before `}`"],
      [5, "c-expected-between", "expected `;` before the end of the file"],
    ]);
  });

  it("takes words and names that may stand behind the body of a struct", () => {
    const text =
      "typedef int u; struct { int a; } static const x = { 1 }; struct { int a; } u32 = { 1 }, *p; " +
      "struct s { struct { int u; } u; } typedef t; t y = { { 1 } };";
    expect(findingsOf(text)).to.deep.equal([]);
  });

  it("reports each wrong member of a struct, and no use of it", () => {
    const text = "struct s {\n  foo_t a;\n  int b[-1];\n  int c : 40;\n  int ok;\n} x = { .a = 1, .ok = 2 };";
    expect(findingsOf(text)).to.deep.equal([
      [2, "c-unknown-type", "unknown type name `foo_t`"],
      [3, "c-array-length", "array length is negative: -1"],
      [4, "c-bit-field", "bit-field `c` has 40 bits, more than `int` with 32"],
    ]);
  });

  it("says what an address has to do with a .cell", () => {
    const { findings } = compileText(
      'int y; int f(void);\nint *a = &y;\nlong b = (long)f;\nchar *c = "s";\nlong d = (long)&y;',
    );
    expect(findings.map((finding) => [lineOf(finding), finding.id, finding.message])).to.deep.equal([
      [2, "c-address", "the address of `y` has no value at compile time"],
      [3, "c-address", "the address of a function has no value at compile time"],
      [4, "c-address", "the address of a literal has no value at compile time"],
      [5, "c-address", "the address of `y` has no value at compile time"],
    ]);
    expect(findings[0]!.why).to.match(/no relocations/);
  });

  it("refuses what changes bytes in ways it does not follow", () => {
    const text = [
      'struct { int a; } __attribute__((scalar_storage_order("big-endian"))) x = { 1 };',
      "int y __attribute__((mode(HI))) = 1;",
      "int z __attribute__((vector_size(16)));",
      "int f(void) { return 1; }",
      "static int g(void) { return 1; }",
      'asm(".byte 1");',
      "__int128 v = 1;",
      "long double w = 1;",
      "int g1 = _Generic(1, int: 2);",
      "_Thread_local int t = 1;",
      'int wide[] = L"a";',
    ].join("\n");
    expect(findingsOf(text).map(([line, id]) => [line, id])).to.deep.equal([
      [1, "c-attribute-refused"],
      [2, "c-attribute-refused"],
      [3, "c-attribute-refused"],
      [4, "c-code"],
      [5, "c-code"],
      [6, "c-code"],
      [7, "c-unsupported"],
      [8, "c-unsupported"],
      [9, "c-unsupported"],
      [10, "c-unsupported"],
      [11, "c-literal"],
    ]);
  });

  it("warns of `packed` where it has no effect", () => {
    const at = "typedef struct { char a; int b; } T __attribute__((packed)); T x = { 1, 2 };";
    expect(marked(at)).to.equal("packed");
    expect(idsOf(at)).to.deep.equal(["c-attribute-ignored"]);
    expect(idsOf("struct { char a; int b; } x __attribute__((packed)) = { 1, 2 };")).to.deep.equal([
      "c-attribute-ignored",
    ]);
  });

  it("marks the operator that overflows, and says what remains", () => {
    const text = "int x = 0x7fffffff + 2;";
    expect(marked(text)).to.equal("+");
    expect(compileText(text).findings[0]!.message).to.equal(
      "the result 0x80000001 does not fit in `int`; -2147483647 remains",
    );
  });

  it("says how far a shift goes too far", () => {
    const { findings } = compileText("unsigned long x = 1 << 32 | 1;");
    expect(findings[0]!.message).to.equal("shift by 32 is at least the width of `int`; the result is 0");
    expect(findings[0]!.help).to.match(/1ULL << n/);
    expect(compileText("unsigned long x = 1 << 70 | 1;").findings[0]!.help).to.match(/another word$/);
    expect(compileText("unsigned long x = 1ULL << 64 | 1;").findings[0]!.help).to.match(/another word$/);
  });

  it("quotes the text of a failed assertion", () => {
    expect(findingsOf('_Static_assert(sizeof(int) == 5, "int is odd");')[0]![2]).to.equal(
      'static assertion failed: `"int is odd"`',
    );
  });

  it("points into the macro and to its use", () => {
    const text = "#define BASE (1 / 0)\nint x = BASE;";
    const { findings } = compileText(text);
    expect(findings).to.have.length(1);
    const place = findings[0]!.primary!.place;
    if (place.kind !== "source") throw new Error("no place in the source");
    expect(place.expansion?.macro).to.equal("BASE");
    expect(lineOf(findings[0]!)).to.equal(2);
  });

  it("names the earlier definition", () => {
    const { findings } = compileText("int x = 1;\nint x = 2;\nchar x;");
    expect(findings.map((finding) => [lineOf(finding), finding.id])).to.deep.equal([
      [2, "c-redefinition"],
      [3, "c-conflicting-types"],
    ]);
    expect(findings[0]!.secondary).to.have.length(1);
  });
});
