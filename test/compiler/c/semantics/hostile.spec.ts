import { expect } from "chai";
import fc from "fast-check";
import { randomSnippet } from "./random-snippets.js";
import { bytesOf, compileText, hex, idsOf } from "./reference.js";

/** Input that tries to exhaust time, memory or the stack ends in a finding, soon. */

function nest(open: string, close: string, depth: number, inside = "1"): string {
  return open.repeat(depth) + inside + close.repeat(depth);
}

describe("C reader, hostile input", () => {
  it("refuses strings that macros repeat beyond all memory", () => {
    const doubled = (length: number, levels: number): string =>
      [`#define S0 "${"a".repeat(length)}"`]
        .concat([...Array(levels).keys()].map((n) => `#define S${n + 1} S${n} S${n} S${n} S${n}`))
        .join("\n");
    const { findings: long } = compileText(`${doubled(100_000, 7)}\nchar x[] = S7;`);
    expect(long.map(({ message }) => message).join()).to.contain("the string is longer than any object");
    const quoted = `${doubled(4000, 9)}\n#define Q(x) #x\n#define X(x) Q(x)\nchar x[] = X(S9);`;
    expect(
      compileText(quoted)
        .findings.map(({ message }) => message)
        .join(),
    ).to.contain("8000000 characters in # and ##");
  });

  it("refuses objects of more than 16 MiB and takes those up to it", () => {
    expect(idsOf("char x[1L << 40] = { 1 };")).to.deep.equal(["c-object-too-large"]);
    expect(idsOf("char x[0x1000001] = { 1 };")).to.deep.equal(["c-object-too-large"]);
    expect(idsOf("const char x[1L << 40];")).to.deep.equal(["c-object-too-large"]);
    expect(idsOf("char x[] = { [0x1000000] = 1 };")).to.deep.equal(["c-object-too-large"]);
    expect(idsOf("struct { int n; char f[]; } x = { 1, { [0x1000000] = 1, 2 } };")).to.deep.equal([
      "c-object-too-large",
    ]);
    expect(bytesOf("char x[0x1000000] = { [0xffffff] = 1 };").length).to.equal(0x2000000);
  });

  it("knows types that are too large to have a size", () => {
    expect(idsOf("typedef char t[1L << 50];")).to.deep.equal(["c-type-too-large"]);
    expect(idsOf("struct { char a[1L << 45], b[1L << 45], c[1L << 45]; } *p;")).to.deep.equal([
      "c-type-too-large",
    ]);
    expect(idsOf("typedef char t[0xffffffffffffffff];")).to.deep.equal(["c-array-length"]);
    expect(bytesOf("long x = sizeof(char[1L << 40]);")).to.equal("0000000000010000");
  });

  for (const [what, text] of [
    ["parentheses", `int x = ${nest("(", ")", 100_000)};`],
    ["braces", `int x[] = ${nest("{", "}", 100_000)};`],
    ["unary operators", `int x = ${"- ".repeat(100_000)}1;`],
    ["casts", `int x = ${"(int)".repeat(100_000)}1;`],
    ["compound literals", `int x[] = ${nest("(int[]){ sizeof ", "}", 50_000)};`],
    ["conditions", `int x = ${"1 ? ".repeat(50_000)}1${" : 2".repeat(50_000)};`],
    ["else-conditions", `int x = ${"0 ? 1 : ".repeat(50_000)}2;`],
    ["mixed precedence", `int x = ${nest("1 || 1 && 1 | 1 ^ 1 & 1 == 1 < 1 << 1 + 1 * (", ")", 20_000)};`],
    ["sizeof", `int x = ${"sizeof ".repeat(100_000)}1;`],
    ["dereference", `int x = ${"*&".repeat(50_000)}x;`],
    ["indices", `int y[1]; int x = ${nest("y[", "]", 50_000, "0")};`],
    ["structs", `${nest("struct { ", "} m; ", 50_000, "int a; ")} x;`],
    ["anonymous structs", `${nest("struct { ", "}; ", 50_000, "int a; ")} x;`],
    ["declarators", `int ${nest("(", ")", 50_000, "x")};`],
    ["pointers", `int ${"*".repeat(100_000)}x;`],
    ["array dimensions", `char x${"[1]".repeat(100_000)};`],
    ["functions", `int f${"(void)".repeat(50_000)};`],
    ["parameters", `int f${nest("(int (*g)", ")", 20_000, "(void)")};`],
    ["typeof", `${nest("typeof(", ")", 50_000, "int")} x;`],
    ["assignments", `int y; int x = ${"y = ".repeat(50_000)}1;`],
    [
      "stacked typedefs",
      Array.from({ length: 5000 }, (_, i) => `typedef t${i} *t${i + 1};`)
        .join("")
        .replace("t0", "int"),
    ],
    ["designators", `struct { int a; } x = { ${".a".repeat(100_000)} = 1 };`],
  ] as const) {
    it(`bounds the nesting of ${what}`, () => {
      const { findings } = compileText(text);
      expect(findings.map(({ severity }) => severity)).to.include("error");
      expect(findings.length).to.be.lessThan(300);
    });
  }

  it("takes 200 levels of what nests", () => {
    expect(bytesOf(`int x = ${nest("(", ")", 200)};`)).to.equal("01000000");
    expect(bytesOf(`int x = ${nest("1 || 1 && 1 | 1 ^ 1 & 1 == 1 < 1 << 1 + 1 * (", ")", 200)};`)).to.equal(
      "01000000",
    );
    expect(bytesOf(`int x = ${"- ".repeat(200)}1;`)).to.equal("01000000");
  });

  it("folds chains of 100,000 operators", () => {
    const sum = Array.from({ length: 100_000 }, () => "1").join("+");
    expect(bytesOf(`int x = ${sum};`)).to.equal("a0860100");
    const or = Array.from({ length: 100_000 }, () => "0").join("||");
    expect(bytesOf(`int x = ${or} || 1;`)).to.equal("01000000");
    const commas = Array.from({ length: 100_000 }, () => "1").join(",");
    expect(idsOf(`int x = (${commas});`)).to.deep.equal(["c-not-constant"]);
  });

  it("fills a large range at once", () => {
    const { unit } = compileText("struct { short a; char b[6]; } x[] = { [0 ... 0xffff] = { 7, { 1 } } };");
    const { bytes } = unit.objects[0]!;
    expect(bytes.length).to.equal(0x80000);
    expect(hex(bytes.subarray(0x7fff8))).to.equal("0700010000000000");
  });

  it("ends ranges that are filled over and over", () => {
    const ranges = "[0 ... 0xfffff] = 1, ".repeat(10_000);
    const { findings } = compileText(`char x[0x100000] = { ${ranges} };`);
    expect(findings.map(({ id }) => id)).to.deep.equal(["c-initializer-too-complex"]);
  });

  it("ends nested ranges over bit-fields and unions", () => {
    const text = `struct { union { struct { unsigned a : 3, b : 5; } s; char c; } u; } x[1024][1024] =
      { ${"[0 ... 1023][0 ... 1023].u.s.b = 3, [0 ... 1023][0 ... 1023].u.c = 1, ".repeat(100)} };`;
    expect(idsOf(text)).to.deep.equal(["c-initializer-too-complex"]);
  });

  it("ends objects that are each within the limit but too many", () => {
    const text = Array.from({ length: 1000 }, (_, i) => `char x${i}[1 << 24] = { 1 };`).join("\n");
    expect(idsOf(text)).to.deep.equal(["c-initializer-too-complex"]);
    const literals = `int x = ${"sizeof((char[1 << 24]){ 0 }) + ".repeat(1000)} 1;`;
    expect(idsOf(literals)).to.include("c-initializer-too-complex");
  });

  it("passes over huge arrays of nothing", () => {
    const { unit } = compileText(
      "struct { int n; struct { } e[1L << 40]; } x = { 1, { [0 ... 1L << 39] = { } } };",
    );
    expect(hex(unit.objects[0]!.bytes)).to.equal("01000000");
  });

  it("stops after 200 errors", () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `nope${i}`).join(", ");
    const { findings } = compileText(`int x[] = { ${names} };`);
    expect(findings).to.have.length(201);
    expect(findings.at(-1)!.id).to.equal("c-too-many-errors");
  });

  it("bounds warnings, too", () => {
    const { findings } = compileText(`unsigned char x[] = { ${"300, ".repeat(100_000)} };`);
    expect(findings).to.have.length(1000);
  });

  it("reads wide input to its end", () => {
    expect(bytesOf(`int x[] = { ${"1, ".repeat(200_000)} };`)).to.equal("01000000".repeat(200_000));
    const numbered = (count: number, line: (i: number) => string): string =>
      Array.from({ length: count }, (_, i) => line(i)).join("\n");
    const enums = numbered(20_000, (i) => `enum { E${i} = ${i} };`);
    expect(bytesOf(`${enums}\nint x = E19999;`)).to.equal("1f4e0000");
    const structs = compileText(numbered(20_000, (i) => `struct s${i} { int a; };`));
    expect(structs.findings).to.deep.equal([]);
    expect(structs.unit.structs.size).to.equal(20_000);
    const members = numbered(20_000, (i) => `int m${i};`);
    expect(bytesOf(`struct { ${members} } x = { .m19999 = 1 };`)).to.equal(`${"00".repeat(79_996)}01000000`);
    const mistakes = idsOf(numbered(5000, (i) => `int y${i} = nope${i};`));
    expect(mistakes.at(-1)).to.equal("c-too-many-errors");
    expect(mistakes).to.have.length(201);
  });

  for (const text of [
    "",
    ";",
    "}",
    "{",
    "(",
    "int",
    "int x = ",
    "int x = {",
    "int x[] = { [",
    "int x[] = { [0 ...",
    "struct",
    "struct {",
    "struct { int",
    "struct { int a :",
    "enum {",
    "enum { A = ",
    "typedef",
    "int f(",
    "int f(void) {",
    "inline int f(void) {",
    "__attribute__((",
    "int x = sizeof",
    "int x = __builtin_offsetof(",
    "struct { int a; } x = { .",
    "struct { int a; } x = { .a",
    "int x = (int){",
    "_Static_assert(",
    "int x[] = { 1 ) 2 ] 3 }",
  ]) {
    it(`says something about \`${text}\` and ends`, () => {
      const { findings } = compileText(text);
      if (text.length > 1) expect(findings.map(({ severity }) => severity)).to.include("error");
    });
  }

  it("ends on any mutilation of a config", () => {
    const pieces = fc.constantFrom(
      ...'{ } ( ) [ ] , ; . = ... : * & struct union enum int x a 1 "s" sizeof typedef __attribute__((packed)) (('.split(
        " ",
      ),
    );
    const mutilated = fc
      .tuple(
        randomSnippet,
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), pieces, fc.nat(8)), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([snippet, changes]) => {
        let text = snippet.replaceAll(/[@#]/g, "");
        for (const [where, piece, removed] of changes) {
          const at = Math.floor(where * text.length);
          text = `${text.slice(0, at)} ${piece} ${text.slice(at + removed)}`;
        }
        return text;
      });
    fc.assert(
      fc.property(mutilated, (text) => {
        compileText(text);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
