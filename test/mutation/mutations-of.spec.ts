import { expect } from "chai";
import { changeText, mutated } from "./mutation.js";
import { mutationsOf } from "./mutations-of.js";
import { sampleRuleSource } from "./sample-sources.js";

const changes = (text: string): readonly string[] =>
  mutationsOf("a.ts", text, new Set(["known"])).map((each) => `${each.kind}: ${changeText(each)}`);

describe("the mutations of a source", () => {
  it("move and turn comparisons", () => {
    expect(changes("f(a < b, c === d);")).to.deep.equal([
      "statement: `f(a < b, c === d);` removed",
      "comparison: `a < b` -> `a <= b`",
      "comparison: `a < b` -> `a >= b`",
      "comparison: `c === d` -> `c !== d`",
    ]);
  });

  it("swap logical operators and leave out operands", () => {
    expect(changes("const a = b && !c;")).to.deep.equal([
      "logic: `b && !c` -> `(b)`",
      "logic: `b && !c` -> `(!c)`",
      "logic: `b && !c` -> `b || !c`",
      "negation: `!c` -> `(c)`",
    ]);
    expect(changes("const a = b ?? c;")).to.deep.equal([
      "fallback: `b ?? c` -> `(b)`",
      "fallback: `b ?? c` -> `(c)`",
    ]);
  });

  it("change arithmetic and numbers", () => {
    expect(changes("const a = b % 4n + 0;")).to.deep.equal([
      "arithmetic: `b % 4n` -> `b * 4n`",
      "number: `b % 4n` -> `b % 5n`",
      "number: `b % 4n` -> `b % 0n`",
      "arithmetic: `b % 4n + 0` -> `b % 4n - 0`",
      "number: `b % 4n + 0` -> `b % 4n + 1`",
    ]);
  });

  it("empty texts and parts of texts", () => {
    expect(changes(`const a = ["b", "", \`c \${d} e\`];`)).to.deep.equal([
      'string: `"b"` -> `""`',
      'string: `""` -> `"another"`',
      "template: ``c ${` -> ``${`",
      "template: `} e`` -> `}``",
    ]);
  });

  it("take either branch, and turn bare conditions", () => {
    expect(changes("const a = b ? c : d;")).to.deep.equal([
      "negation: `b` -> `!(b)`",
      "branch: `b ? c : d` -> `(c)`",
      "branch: `b ? c : d` -> `(d)`",
    ]);
  });

  it("leave out statements, but not a last return of nothing", () => {
    expect(
      changes("function* f(a) { for (const b of a) { if (b) continue; yield b; } return undefined; }"),
    ).to.deep.equal([
      "negation: `b` -> `!(b)`",
      "statement: `continue;` removed",
      "statement: `yield b;` removed",
    ]);
  });

  it("turn predicates, make them true, and swap methods", () => {
    expect(changes("const a = b.some(c);")).to.deep.equal([
      "method: `b.some(c)` -> `b.every(c)`",
      "predicate: `b.some(c)` -> `b.some(() => true)`",
      "predicate: `b.some(c)` -> `b.some((...each) => !(c)(...each))`",
    ]);
  });

  it("change of a rule what decides, and no text for readers", () => {
    expect(changes(sampleRuleSource)).to.deep.equal([
      "number: `limit = 4` -> `limit = 5`",
      "number: `limit = 4` -> `limit = 0`",
      'rule property: `severity: "error"` -> `severity: "warning"`',
      'rule property: `scope: "config"` -> `scope: "root"`',
      'rule property: `machines: ["x86", "arm"]` removed',
      'rule property: `"x86"` removed',
      'rule property: `"arm"` removed',
      'rule property: `only: "cell"` removed',
      'rule property: `only: "cell"` -> `only: "system"`',
      'rule property: `step: "create"` -> `step: "start"`',
      'rule property: `outcome: "refused"` -> `outcome: "ineffective"`',
      'rule property: `errno: "EBUSY"` -> `errno: "EINVAL"`',
      'rule property: `"known"` removed',
      "logic: `region.size < 2n || !region.io` -> `(region.size < 2n)`",
      "logic: `region.size < 2n || !region.io` -> `(!region.io)`",
      "comparison: `region.size < 2n` -> `region.size <= 2n`",
      "comparison: `region.size < 2n` -> `region.size >= 2n`",
      "number: `region.size < 2n` -> `region.size < 3n`",
      "number: `region.size < 2n` -> `region.size < 0n`",
      "logic: `region.size < 2n || !region.io` -> `region.size < 2n && !region.io`",
      "negation: `!region.io` -> `(region.io)`",
      "statement: `continue;` removed",
      `statement: \`yield { at: region.spot(), message: \`size \${region.size}\`, label: "here", as: "first" };\` removed`,
      "template: ``size ${` -> ``${`",
      'hit property: `label: "here"` removed',
      'string: `"here"` -> `""`',
      'string: `"first"` -> `""`',
    ]);
  });

  it("know their place, and change nothing else", () => {
    const [first] = mutationsOf("a.ts", "\n  const a = b < c; // d\n", new Set());
    expect(first).to.include({ line: 2, column: 15, lineText: "const a = b < c; // d" });
    expect(mutated("\n  const a = b < c; // d\n", first!)).to.equal("\n  const a = b <= c; // d\n");
  });
});
