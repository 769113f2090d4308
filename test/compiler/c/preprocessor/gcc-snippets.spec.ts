import { expect } from "chai";
import { snippets } from "./snippets.js";
import { joinPrograms, preprocessText, runGcc, spellings, splitPrograms } from "./support.js";

describe("characters beyond ASCII in names", () => {
  /** Around the ends of the ranges of C11's Annex D, and what is often pasted by mistake. */
  const ends = [
    0xa0, 0xa8, 0xaa, 0xad, 0xaf, 0xb2, 0xb5, 0xb7, 0xba, 0xbc, 0xbe, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff,
    0x300, 0x36f, 0x167f, 0x1681, 0x180d, 0x180f, 0x1dc0, 0x1fff, 0x200b, 0x200d, 0x202a, 0x202e, 0x203f,
    0x2040, 0x2054, 0x2060, 0x20ac, 0x20d0, 0x218f, 0x2212, 0x2460, 0x24ff, 0x2776, 0x2793, 0x2c00, 0x2dff,
    0x2e80, 0x2fff, 0x3004, 0x3007, 0x3021, 0x302f, 0x3031, 0xd7ff, 0xe000, 0xf8ff, 0xf900, 0xfd3e, 0xfdcf,
    0xfdf0, 0xfe20, 0xfe44, 0xfe47, 0xfeff, 0xfffd, 0x10000, 0x1fffd, 0x20000, 0xefffd, 0xf0000, 0x10ffff,
  ];
  const codes = [...new Set(ends.flatMap((code) => [code - 1, code, code + 1]))].filter(
    (code) => code <= 0x10ffff && (code < 0xd800 || code > 0xdfff),
  );

  it("are those of gcc within a name and a number, and no others", () => {
    const text = codes
      .map((code) => `a${String.fromCodePoint(code)}b 1${String.fromCodePoint(code)}a\n`)
      .join("");
    const program = `#define a zz\n${text}`;
    expect(preprocessText(program).texts).to.deep.equal(spellings(runGcc(program).stdout));
  });

  it("begin a name only where gcc lets them", () => {
    const wrong = codes.filter((code) => {
      const character = String.fromCodePoint(code);
      return preprocessText(`#ifdef ${character}b\n#endif\n`).diagnostics.some(
        ({ severity }) => severity === "error",
      );
    });
    const program = codes.map((code) => `#ifdef ${String.fromCodePoint(code)}b\n#endif\n`).join("");
    const lines = [...runGcc(program).stderr.matchAll(/^<stdin>:(\d+):\d+: error/gm)].map(
      (match) => match[1],
    );
    const theirs = [...new Set(lines)].map((line) => codes[(Number(line) - 1) / 2]);
    expect(wrong).to.deep.equal(theirs);
  });

  it("take the branch that gcc takes for a name with a no-break space behind it", () => {
    const program = "#define F 1\n#ifdef F\u00a0\nyes\n#else\nno\n#endif\n";
    expect(preprocessText(program).texts).to.deep.equal(["yes"]);
    expect(spellings(runGcc(program).stdout)).to.deep.equal(["yes"]);
  });
});

describe("the preprocessor on tricky programs", () => {
  const names = Object.keys(snippets);
  const joined = joinPrograms(Object.values(snippets));
  let expected: Map<string, string[]>;
  let actual: Map<string, string[]>;

  before(() => {
    const output = runGcc(joined).stdout.replace(/^#(?:pragma|ident).*$/gm, "");
    expected = splitPrograms(spellings(output));
    actual = splitPrograms(preprocessText(joined, { path: "<stdin>" }).texts);
  });

  for (const [index, name] of names.entries()) {
    it(`gives the tokens of gcc: ${name}`, () => {
      const tokens = expected.get(String(index));
      expect(tokens).not.to.equal(undefined);
      expect(actual.get(String(index))).to.deep.equal(tokens);
    });
  }
});
