import { expect } from "chai";
import { preprocessText } from "./support.js";

/** For each: a program, and the findings it must give, in order, at `line:column`. */
const cases: Readonly<Record<string, readonly [program: string, findings: readonly string[]]>> = {
  "a comment that never ends": ["a\n /* b\nc", ["c-unterminated-comment 2:2"]],
  "a comment in a comment": ["/* a /* b */ c /*/ d */ /**/", ["c-nested-comment 1:6"]],
  "a NUL": ["int\0 a;\0", ["c-null-character 1:4"]],
  "blanks behind a backslash": ["a \\ \nb", ["c-backslash-space 1:3"]],
  "an unknown directive": [
    "#foo\n#if 0\n#bar\n#endif\n# !",
    ["c-unknown-directive 1:2", "c-unknown-directive 5:3"],
  ],
  "directives that are not supported": [
    "#include_next <a>\n#import <a>\n#embed <a>\n#assert a(b)\n#unassert a",
    [1, 2, 3, 4, 5].map((line) => `c-unsupported-directive ${line}:2`),
  ],
  "#error and #warning": [
    "#error it's  wrong\n# warning hm\n#if 0\n#error no\n#endif",
    ["c-error-directive 1:1", "c-warning-directive 2:1"],
  ],
  "pragmas that change bytes": [
    '#pragma pack(1)\n#pragma scalar_storage_order big-endian\n_Pragma("pack(2)")\n#define P _Pragma("pack(4)")\nP\n#pragma unknown\n#pragma',
    [
      "c-unsupported-pragma 1:1",
      "c-unsupported-pragma 2:1",
      "c-unsupported-pragma 3:1",
      "c-unsupported-pragma 5:1",
    ],
  ],
  "pragmas that speak": [
    '#pragma GCC warning "w"\n#pragma GCC error "e"\n#pragma GCC poison x',
    ["c-warning-directive 1:1", "c-error-directive 2:1"],
  ],
  "malformed pragmas": [
    "_Pragma\n;_Pragma(1) _Pragma(\n#pragma push_macro(A)",
    ["c-malformed-pragma 1:1", "c-malformed-pragma 2:2", "c-malformed-pragma 3:1", "c-malformed-pragma 2:13"],
  ],
  "a missing #endif": ["a\n#if 1\n#ifdef B\n#else\n#endif\nb", ["c-unterminated-conditional 2:1"]],
  "#else and #endif out of place": [
    "#endif\n#else\n#if 0\n#else\n#elif 1\n#else\n#endif",
    ["c-else-without-if 1:1", "c-else-without-if 2:1", "c-after-else 5:1", "c-after-else 6:1"],
  ],
  "text behind a directive": [
    "#define A\n#ifdef A B\n#else C\n#endif D\n#undef A B\n#if 0\n#else x\n#endif",
    ["c-extra-tokens 2:10", "c-extra-tokens 3:7", "c-extra-tokens 5:10", "c-extra-tokens 7:7"],
  ],
  "names that are none": [
    "#define\n#undef 3\n#ifdef\n#endif\n#ifndef (\n#endif\n#define defined",
    ["1:2", "2:8", "3:2", "5:9", "7:9"].map((place) => `c-macro-name-expected ${place}`),
  ],
  "bad conditions": [
    '#if 1 +\n#elif (2\n#elif 3)\n#elif 4 5\n#elif\n#elif "s"\n#elif 1 ? 2\n#elif 1 : 2\n#elif x = 1\n#elif defined\n#elif defined(a\n#elif 0/0\n#elif 09\n#endif',
    ["1:7", "2:7", "3:8", "4:9", "5:2", "6:7", "7:9", "8:9", "9:9", "10:7", "11:15", "12:8", "13:7"].map(
      (place) => `c-condition ${place}`,
    ),
  ],
  "conditions that overflow": [
    "#if 0x7fffffffffffffff + 1\n#elif 18446744073709551616\n#elif 0x7fffffffffffffffu + 1 == 0 && (1 || 1 << 70)\n#endif",
    ["c-condition-warning 1:24"],
  ],
  "operators of #if without their operand": [
    "#if __has_include\n#elif __has_include()\n#elif __has_attribute(1)\n#elif __has_builtin(x\n#elif __has_include_next(<a>)\n#endif",
    ["1:5", "2:7", "3:7", "4:7", "5:7"].map((place) => `c-condition ${place}`),
  ],
  "bad definitions": [
    "#define f(a\n#define g(a,)\n#define h(a a)\n#define i(a,a)\n#define j(...,a)\n#define k(a) #b\n#define l a ##\n#define m(__VA_ARGS__)\n#define n(...) __VA_OPT__\n#define o(...) __VA_OPT__(\n#define p(...) __VA_OPT__(##a)\n#define q(...) __VA_OPT__(a##)\n#define r(...) __VA_OPT__(__VA_OPT__())\n#define s(1)",
    [
      ...["1:11", "2:13", "3:13", "4:13", "5:14", "6:15", "7:13", "8:11", "9:16", "10:16", "11:27", "12:28"],
      ...["13:27", "14:11"],
    ].map((place) => `c-macro-definition ${place}`),
  ],
  "doubtful definitions": [
    "#define A+\n#define f(x) __VA_ARGS__",
    ["c-macro-definition-warning 1:10", "c-macro-definition-warning 2:14"],
  ],
  "a macro defined anew": [
    "#define A 1\n#define A  1\n#define A 2\n#define f(x) x + 1\n#define f(x) x /* */ + 1\n#define f(x) x+ 1\n#define f(y) y+ 1\n#define f y",
    ["c-macro-redefined 3:9", "c-macro-redefined 6:9", "c-macro-redefined 7:9", "c-macro-redefined 8:9"],
  ],
  "a built-in macro changed": [
    "#define __FILE__ 1\n#undef __LINE__",
    ["c-builtin-macro-changed 1:9", "c-builtin-macro-changed 2:8"],
  ],
  "wrong numbers of arguments": [
    "#define f(x, y)\n#define g()\n#define h(x, y, ...)\nf(1) f(1,2,3) g(1)\nh(1)",
    ["4:1", "4:6", "4:15", "5:1"].map((place) => `c-macro-arguments ${place}`),
  ],
  "an argument list that never ends": ["#define f(x)\na f(1, (2)\n", ["c-unterminated-arguments 2:3"]],
  "an argument list that its header does not end": [
    '#define f(x) x\n#include "open.h"\n)',
    ["c-unterminated-arguments 1:1"],
  ],
  "a paste that gives no token": ["#define c(a, b) a##b\n c(+, x)", ["c-invalid-paste 2:2"]],
  "a string that ends in a backslash": ["#define s(a) #a\ns(\\)", ["c-invalid-stringification 2:1"]],
  "what is not reproducible": [
    "__DATE__\n__TIME__ __TIMESTAMP__",
    ["c-not-reproducible 1:1", "c-not-reproducible 2:1", "c-not-reproducible 2:10"],
  ],
  "bad #line": [
    "#line\n#line x\n#line 5 6\n#line 99999999999",
    [1, 2, 3, 4].map((line) => `c-line-directive ${line}:1`),
  ],
  "bad #include": [
    '#include\n#include x\n#include ""\n#include <a\n#include "open.h" x',
    [...[1, 2, 3, 4].map((line) => `c-include-syntax ${line}:1`), "c-extra-tokens 5:19"],
  ],
  "#include among arguments": ['#define f(x) x\nf(1\n#include "open.h"\n)', ["c-directive-in-arguments 3:1"]],
};

describe("findings of the preprocessor", () => {
  for (const [name, [program, findings]] of Object.entries(cases)) {
    it(name, () => {
      expect(preprocessText(program, { headers: { "open.h": "f(1," } }).findings).to.deep.equal(findings);
    });
  }

  it("ten errors give ten findings, and the text between them is read", () => {
    const program = Array.from({ length: 10 }, (_, index) => `#bad${index}\nok${index}\n`).join("");
    const { findings, texts } = preprocessText(program);
    expect(findings).to.have.length(10);
    expect(texts.filter((text) => text.startsWith("ok"))).to.have.length(10);
  });

  it("name both definitions of a macro", () => {
    const [diagnostic] = preprocessText("#define A 1\n#define A 2").diagnostics;
    expect(diagnostic!.secondary[0]!.text).to.equal("the first definition");
    expect(diagnostic!.severity).to.equal("warning");
  });

  it("count the arguments", () => {
    const { diagnostics } = preprocessText("#define f(x, y)\n#define g(x, y, ...)\nf(1) g(1)");
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      'the macro "f" takes 2 arguments, but 1 is given',
      'the macro "g" takes at least 2 arguments, but 1 is given',
    ]);
  });

  it("quote the text of #error, with its blanks", () => {
    const [diagnostic] = preprocessText('#error don\'t   do  "that"').diagnostics;
    expect(diagnostic!.message).to.equal('#error don\'t   do  "that"');
  });

  it("are the same at every run, though files are lexed once", () => {
    const headers = { "a.h": "/* /* */\n#define f(x\n" };
    const run = () => preprocessText('#include "a.h"\n#include "a.h"', { headers }).findings;
    expect(run()).to.deep.equal([
      "c-nested-comment 1:4",
      "c-macro-definition 2:11",
      "c-macro-definition 2:11",
    ]);
    expect(run()).to.deep.equal(run());
  });
});
