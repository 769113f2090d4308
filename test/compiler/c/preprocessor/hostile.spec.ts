import { expect } from "chai";
import { lexUncached } from "../../../../compiler/c/preprocessor/lexer.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { preprocessText, type Setup } from "./support.js";

const doubling = (count: number, first: string, line: (index: number) => string): string =>
  `${Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("")}${first}`;

describe("hostile sources", function () {
  this.timeout(60_000);

  function ids(text: string, setup: Setup = {}): string[] {
    const { diagnostics, tokens } = preprocessText(text, setup);
    expect(tokens.at(-1)!.text).to.equal("");
    return diagnostics.map(({ id }) => id);
  }

  const stopped: Readonly<Record<string, readonly [program: string, ids: readonly string[]]>> = {
    "macros that double": [
      doubling(64, "B0", (n) => `#define B${n} B${n + 1} B${n + 1}`),
      ["c-expansion-limit"],
    ],
    "arguments that double": [
      `#define E(x) x x\n${"E(".repeat(60)}1${")".repeat(60)}`,
      ["c-expansion-limit"],
    ],
    "names that double by ##": [
      `#define C_(x, y) x##y\n#define C(x, y) C_(x, y)\n#define P0 a\n${doubling(60, "P60", (n) => `#define P${n + 1} C(P${n}, P${n})`)}`,
      ["c-expansion-limit"],
    ],
    "strings that double by #": [
      `#define S_(x) #x\n#define S(x) S_(x)\n${"S(".repeat(60)}"\\\\"${")".repeat(60)}`,
      ["c-expansion-limit"],
    ],
    "calls within calls": [
      `#define f(x) x\n${"f(".repeat(50_000)}1${")".repeat(50_000)}`,
      ["c-expansion-limit"],
    ],
    "calls within calls, each of its own kind": [
      doubling(
        600,
        `${Array.from({ length: 600 }, (_, n) => `f${n}(`).join("")}${")".repeat(600)}`,
        (n) => `#define f${n}(x) [x]`,
      ),
      ["c-expansion-depth"],
    ],
    "__LINE__ at the end of a long chain": [
      doubling(20_000, `#define c20000 ${"__LINE__ ".repeat(20_000)}\nc0`, (n) => `#define c${n} c${n + 1}`),
      ["c-expansion-limit"],
    ],
  };
  for (const [name, [program, expected]] of Object.entries(stopped)) {
    it(`are stopped: ${name}`, () => expect(ids(program)).to.deep.equal(expected));
  }

  const harmless: Readonly<Record<string, readonly [program: string, ids: readonly string[]]>> = {
    "a chain of macros": [doubling(100_000, "c0", (n) => `#define c${n} c${n + 1}`), []],
    "deep conditionals": [`${"#if 1\n".repeat(100_000)}x\n${"#endif\n".repeat(100_000)}`, []],
    "many branches": [`#if 0\n${"#elif 0\n".repeat(200_000)}#endif`, []],
    "deep parentheses in #if": [`#if ${"(".repeat(300_000)}1${")".repeat(300_000)}\n#endif`, []],
    "many signs in #if": [`#if ${"- ".repeat(300_000)}1\n#endif`, []],
    "many ternaries in #if": [`#if ${"1 ? ".repeat(100_000)}1${" : 1".repeat(100_000)}\n#endif`, []],
    "many parameters": [
      `#define f(${Array.from({ length: 100_000 }, (_, n) => `p${n}`).join(",")}) p1\nf(1)`,
      ["c-macro-arguments"],
    ],
    "many arguments": [`#define f(...) #__VA_ARGS__\nf(${"1,".repeat(200_000)})`, []],
    "many comment openings": [`${"/* ".repeat(1_000_000)}*/`, ["c-nested-comment"]],
    "a string of a million characters": [`#define s(x) #x\ns("${"\\\\".repeat(500_000)}")`, []],
  };
  for (const [name, [program, expected]] of Object.entries(harmless)) {
    it(`are read to their end: ${name}`, () => expect(ids(program)).to.deep.equal(expected));
  }

  it("with a header that includes itself end at a depth of 200", () => {
    const headers = { "a.h": '#include "a.h"\n#include "a.h"\n' };
    const { findings, diagnostics } = preprocessText('#include "a.h"', { headers });
    expect(findings).to.deep.equal(["c-include-depth 1:1"]);
    expect(diagnostics[0]!.notes.map(({ message }) => message)).to.deep.equal(["included from main.c:1"]);
  });

  it("with a cycle of headers end likewise", () => {
    const headers = { "a.h": '#include "b.h"', "b.h": '#include "a.h"' };
    expect(ids('#include "a.h"', { headers })).to.deep.equal(["c-include-depth"]);
  });

  it("with headers that double end after a number of them", () => {
    const names = Array.from({ length: 60 }, (_, n) => `h${n}`);
    const headers = Object.fromEntries(names.map((name, n) => [name, `#include "h${n + 1}"\n`.repeat(2)]));
    expect(ids('#include "h0"', { headers: { ...headers, h60: "" } })).to.deep.equal(["c-include-count"]);
  });

  it("with one large header many times end after a number of tokens", () => {
    const headers = { "a.h": "1,".repeat(100_000) };
    expect(ids('#include "a.h"\n'.repeat(100), { headers })).to.deep.equal(["c-source-limit"]);
  });

  describe("with a line of 100 MB", () => {
    const size = 100_000_000;
    const lines: Readonly<Record<string, readonly [build: () => string, ids: readonly string[]]>> = {
      comment: [() => `/*${" ".repeat(size)}*/`, []],
      "open comment": [() => `/*${" ".repeat(size)}`, ["c-unterminated-comment"]],
      string: [() => `"${"a".repeat(size)}"`, []],
      name: [() => "a".repeat(size), []],
      "condition on one number": [() => `#if 0x${"9".repeat(size)}\n#endif`, ["c-condition-warning"]],
      "list of numbers": [() => "1,".repeat(size / 2), ["c-source-too-large"]],
      continuations: [() => "\\\n".repeat(size / 2), ["c-too-many-continuations", "c-source-too-large"]],
    };
    for (const [name, [build, expected]] of Object.entries(lines)) {
      it(name, () => expect(ids(build())).to.deep.equal(expected));
    }
  });

  it("of random bytes never throw", () => {
    let state = 1;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const pieces = [
      ..."#()\\,.+<\"'/*\n\r \0@",
      ...[
        "#define f(x, ...) ",
        "#if ",
        "#else\n",
        "#endif\n",
        "f(",
        "__VA_ARGS__",
        "##",
        "__VA_OPT__(",
        "x",
        "0x1",
        "\udc80",
      ],
      ...[
        "#include ",
        "/*",
        "*/",
        "\\\n",
        "_Pragma(",
        "defined",
        "#undef f\n",
        "__LINE__",
        "#line ",
        "#pragma ",
      ],
    ];
    for (let run = 0; run < 3_000; run++) {
      const text = Array.from({ length: 1 + next(40) }, () => pieces[next(pieces.length)]).join("");
      expect(preprocessText(text).tokens.at(-1)!.text, JSON.stringify(text)).to.equal("");
    }
  });

  it("report a limit on tokens at the last one read", () => {
    const { problems, tokens } = lexUncached(new SourceFile("a.c", "a b c d"), 2);
    expect(tokens).to.have.length(2);
    expect(problems.map(({ message }) => message)).to.deep.equal([
      "a.c has more than 2 tokens; the rest of it is not read",
    ]);
  });
});
