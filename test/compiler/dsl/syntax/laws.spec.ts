import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { TreeBuilder } from "../../../../compiler/dsl/syntax/cst-to-ast.js";
import { parser } from "../../../../compiler/dsl/syntax/grammar.js";
import { joinContinuedLines } from "../../../../compiler/dsl/syntax/lines.js";
import { ProblemList } from "../../../../compiler/dsl/syntax/problems.js";
import { readStatementByStatement } from "../../../../compiler/dsl/syntax/statement-by-statement.js";
import { cutIntoDeclarations } from "../../../../compiler/dsl/syntax/structure.js";
import { lexer } from "../../../../compiler/dsl/syntax/tokens.js";
import { anyText, pieces, validText } from "./random-files.js";
import { everything, read } from "./reading.js";

const fixtures = path.resolve(import.meta.dirname, "../../../../../test/fixtures/dsl");
const machines = ["pc.jail", "board.jail", "lists.jail"].map((name) =>
  readFileSync(path.join(fixtures, name), "utf8"),
);

/** A piece of text put in place of another. */
const edit = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 5 }), fc.nat({ max: 300 })),
  text: fc.oneof(fc.constantFrom(...pieces), anyText),
});

function edited(
  text: string,
  { at, length, text: put }: { at: number; length: number; text: string },
): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + put + text.slice(start + length);
}

describe("the laws of the syntax", () => {
  it("hold for files without mistakes: none is found", () => {
    fc.assert(
      fc.property(validText, (text) => {
        expect(read(text).findings, JSON.stringify(text)).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });

  it("hold for edits: reading with the previous version is reading afresh", () => {
    const start = fc.oneof(fc.constantFrom(...machines), validText, anyText);
    fc.assert(
      fc.property(start, fc.array(edit, { minLength: 1, maxLength: 6 }), (first, edits) => {
        let text = first;
        let before = read(text);
        for (const each of edits) {
          text = edited(text, each);
          const again = read(text, before.parsed);
          const afresh = read(text);
          expect(again.findings).to.deep.equal(afresh.findings);
          expect(everything(again.tree)).to.equal(everything(afresh.tree));
          before = again;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("hold for an indented declaration: what continues a line depends on where it begins", () => {
    const flat = read("x { a 1,\n  2 }");
    const deep = "    x { a 1,\n  2 }";
    expect(everything(read(deep, flat.parsed).tree)).to.equal(everything(read(deep).tree));
    expect(read(deep).findings).to.have.length(2);
  });

  it("re-use what has not changed", () => {
    const text = "cell a { cpus 1 }\ncell b { cpus 2 }\ncell c { cpus = }\n";
    const before = read(text);
    const after = read(`const d = 1\n${text.replace("cpus 2", "cpus 3")}`, before.parsed);
    const same = read(text.replace("cpus 2", "cpus 3"), before.parsed);
    expect(same.tree.declarations[0]).to.equal(before.tree.declarations[0]);
    expect(same.tree.declarations[1]).to.not.deep.equal(before.tree.declarations[1]);
    expect(after.tree.declarations[1]).to.not.equal(before.tree.declarations[0]);
    expect(after.findings).to.deep.equal(["4:17-18 jail-expected: expected a value, found `}`"]);
  });

  it("hold for any text: places lie within it, in order, and one within the other", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, validText), (text) => {
        const { tree } = read(text);
        const check = (value: unknown, low: number, high: number): void => {
          if (Array.isArray(value)) for (const each of value) check(each, low, high);
          else if (typeof value === "object" && value !== null) {
            const { start = low, end = high } = value as { start?: number; end?: number };
            expect(low <= start && start <= end && end <= high, `${start}-${end} in ${low}-${high}`).to.equal(
              true,
            );
            for (const [key, each] of Object.entries(value)) if (key !== "source") check(each, start, end);
          }
        };
        check({ ...tree, source: null }, 0, text.length);
        const starts = tree.declarations.map(({ start }) => start);
        expect(starts).to.deep.equal(starts.toSorted((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
  });

  it("hold for both ways of reading a declaration: they agree on what is right, and how it is to be read", () => {
    let wrong = 0;
    let right = 0;
    fc.assert(
      fc.property(fc.oneof(anyText, validText), (text) => {
        const { tokens } = lexer.tokenize(text);
        const slices = cutIntoDeclarations(joinContinuedLines(tokens, text), text, () => undefined);
        for (const slice of slices) {
          parser.input = [...slice.tokens];
          const cst = parser.statement();
          const isRight = parser.errors.length === 0;
          if (isRight) right += 1;
          else wrong += 1;
          const whole = new ProblemList(1000);
          const single = new ProblemList(1000);
          const tree = isRight ? [new TreeBuilder(whole.add).statement(cst)] : undefined;
          const piecewise = readStatementByStatement(slice.tokens, single);
          if (tree === undefined) expect(single.problems).to.not.have.length(0);
          else {
            expect(piecewise).to.deep.equal(tree);
            expect(single.problems).to.have.length(whole.problems.length);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(wrong, right)).to.be.greaterThan(300);
  });
});
