import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { MacroTable } from "../../../../compiler/c/preprocessor/macro-table.js";
import { predefinedMacros } from "../../../../compiler/c/preprocessor/predefined.js";
import { systemHeader, systemHeaderNames } from "../../../../compiler/c/preprocessor/system-headers.js";
import { targets } from "../../../../compiler/c/target.js";
import { preprocessText, runGcc } from "./support.js";

describe("predefined macros", () => {
  it("of x86-64 have the values of gcc", () => {
    const theirs = new Map(
      runGcc("", ["-dM"])
        .stdout.split("\n")
        .map((line) => /^#define (\S+) ?(.*)$/.exec(line))
        .filter((match) => match !== null)
        .map((match) => [match[1]!.replace(/\(.*/, ""), match[2]!] as const),
    );
    const compilerVersion = /^__(GNUC(_MINOR|_PATCHLEVEL)?__|VERSION__)$/;
    let compared = 0;
    for (const [name, macro] of new MacroTable(predefinedMacros("x86_64"))) {
      if (macro.builtin !== null || compilerVersion.test(name)) continue;
      const body = macro.body
        .map((item) => (item.token.spaceBefore ? " " : "") + item.token.text + (item.pasteLeft ? " ##" : ""))
        .join("");
      // gcc writes a double by way of long double, which has no type here
      const expected = theirs.get(name)?.replace(/^\(\(double\)(.*)L\)$/, "$1");
      expect(body, name).to.equal(expected);
      theirs.delete(name);
      compared++;
    }
    expect(compared).to.be.greaterThan(220);
    // what is left speaks of types that are not there, of the compiler's own version, or of how code is placed
    const known =
      /^__((LDBL|FLT(16|32|64|128)X?|DEC(32|64|128))_.*|DEC(IMAL_BID_FORMAT|_EVAL_METHOD|IMAL_DIG)__|SIZEOF_(INT128|FLOAT80|FLOAT128)__|(PIC|PIE|pic|pie|CET)__)$/;
    const missing = [...theirs.keys()].filter((name) => !compilerVersion.test(name) && !known.test(name));
    expect(missing).to.deep.equal([]);
  });

  it("name the target, and no other", () => {
    const marks = {
      x86_64: "__x86_64__",
      arm: "__arm__",
      aarch64: "__aarch64__",
      riscv64: "__riscv",
    } as const;
    for (const target of targets) {
      const text = Object.values(marks)
        .map((mark) => `#ifdef ${mark}\n"${mark}"\n#endif\n`)
        .join("");
      expect(preprocessText(text, { target }).texts).to.deep.equal([`"${marks[target]}"`]);
    }
  });

  it("answer the questions of headers about the extensions of a target", () => {
    const questions: readonly (readonly [condition: string, targets: readonly string[]])[] = [
      ["__ARM_ARCH >= 8 && defined __ARM_NEON && __ARM_FP & 8", ["aarch64"]],
      ["__ARM_ARCH == 7 && __ARM_ARCH_ISA_ARM && __ARM_FEATURE_LDREX & 8", ["arm"]],
      ["__riscv_xlen == 64 && __riscv_a >= 2000000 && __riscv_zicsr", ["riscv64"]],
      ["__SSE2_MATH__ && defined __GCC_ASM_FLAG_OUTPUTS__", ["x86_64"]],
      ["__DBL_MANT_DIG__ == 53 && __GCC_ATOMIC_INT_LOCK_FREE == 2 && __ATOMIC_SEQ_CST == 5", targets],
    ];
    for (const [condition, expected] of questions) {
      const yes = targets.filter(
        (target) => preprocessText(`#if ${condition}\nyes\n#endif`, { target }).texts.length > 0,
      );
      expect(yes, condition).to.have.members(expected);
    }
  });

  it("tell 32-bit Arm from the others as headers ask", () => {
    const wide = targets.filter(
      (target) => preprocessText("#ifdef __LP64__\nyes\n#endif", { target }).texts.length > 0,
    );
    expect(wide).to.deep.equal(["x86_64", "aarch64", "riscv64"]);
  });

  it("agree with the types that all targets have: plain char is signed, pointers have 64 bits", () => {
    for (const target of targets) {
      const text =
        "#ifdef __CHAR_UNSIGNED__\nunsigned\n#elif '\\xff' < 0\nsigned\n#endif\n__SIZEOF_POINTER__";
      expect(preprocessText(text, { target }).texts, target).to.deep.equal(["signed", "8"]);
    }
  });

  it("are not shared between runs", () => {
    preprocessText("#undef __linux__\n#define __GNUC__ 3\n");
    expect(preprocessText("__linux__ __GNUC__").texts).to.deep.equal(["1", "12"]);
  });
});

describe("built-in system headers", () => {
  it("are one object each", () => {
    for (const name of systemHeaderNames) expect(systemHeader(name)).to.equal(systemHeader(name));
    expect(systemHeader("stdio.h")).to.equal(undefined);
    expect(systemHeader("constructor")).to.equal(undefined);
  });

  it("come after the user's", () => {
    const setup = { headers: { "stdint.h": "mine" } };
    expect(preprocessText("#include <stdint.h>", setup).texts).to.deep.equal(["mine"]);
    expect(preprocessText("#include <linux/types.h>").texts).to.include("__u64");
  });

  it("are found by __has_include", () => {
    expect(preprocessText("#if __has_include(<linux/types.h>)\nyes\n#endif").texts).to.deep.equal(["yes"]);
  });

  for (const target of targets) {
    it(`go together without a finding: ${target}`, () => {
      const all = systemHeaderNames.map((name) => `#include <${name}>\n`).join("");
      expect(preprocessText(all + all, { target }).findings).to.deep.equal([]);
    });
  }

  it("declare types of the right size, limits of the right value, and live beside Jailhouse's own types", () => {
    const headers = systemHeaderNames.map((name) => `#include <${name}>\n`).join("");
    const { tokens } = preprocessText(`${headers}
typedef signed char s8; typedef s8 __s8;
typedef unsigned long long u64; typedef u64 __u64;
struct sample { __le32 a; __be64 b; bool c; };
${[8, 16, 32, 64]
  .map(
    (bits) => `
_Static_assert(sizeof(__u${bits}) * CHAR_BIT == ${bits} && (__u${bits})-1 > 0 && (__s${bits})-1 < 0, "kernel");
_Static_assert(sizeof(int${bits}_t) * 8 == ${bits} && (int${bits}_t)-1 < 0, "int");
_Static_assert((uint${bits}_t)-1 == UINT${bits}_MAX && INT${bits}_MIN == -INT${bits}_MAX - 1, "limits");
_Static_assert(sizeof(uint_least${bits}_t) * 8 == ${bits} && sizeof(uint_fast${bits}_t) * 8 >= ${bits}, "least");`,
  )
  .join("")}
_Static_assert(sizeof(size_t) == 8 && sizeof(ptrdiff_t) == 8 && sizeof(intptr_t) == 8 && SIZE_MAX == (size_t)-1, "");
_Static_assert(offsetof(struct sample, b) == 8 && true && !false && NULL == 0, "");
_Static_assert(INT_MAX == 2147483647 && INT_MIN < 0 && UINT_MAX == 4294967295u && LONG_MAX == INT64_MAX, "");
_Static_assert(ULLONG_MAX == UINT64_MAX && SCHAR_MIN == -128 && UCHAR_MAX == 255 && USHRT_MAX == 65535, "");
_Static_assert(_BITULL(40) == UINT64_C(1099511627776) && _AC(5, UL) == 5, "");
_Static_assert(sizeof(PRIu64) == 3 && sizeof(PRIx32) == 2, "");
`);
    const source = tokens.map(({ text }) => text).join(" ");
    const result = spawnSync(
      "gcc",
      ["-std=gnu17", "-fsyntax-only", "-xc", "-fpreprocessed", "-Wall", "-Werror", "-"],
      {
        input: source,
        encoding: "utf8",
      },
    );
    expect(result.stderr).to.equal("");
    expect(result.status).to.equal(0);
  });
});
