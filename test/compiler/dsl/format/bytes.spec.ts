import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { format } from "../../../../compiler/dsl/format/format.js";
import { wordsOf } from "../../../../compiler/dsl/syntax/words.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { compileText } from "../compiling.js";

const boards = path.resolve(import.meta.dirname, "../../../../../boards");
const machines = readdirSync(boards, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readFileSync(path.join(boards, name, "machine.jail"), "utf8"));

const blanks = fc.constantFrom("", "", "", " ", "   ", "\t", " /* a { comment */ ", " // to the end\n");

/** The text with other blanks and comments where blanks mean nothing: before the line ends that it has. */
function disturbed(text: string, chosen: readonly string[]): string {
  let result = "";
  let end = 0;
  wordsOf(text).forEach((word, index) => {
    const gap = text.slice(end, word.start);
    const extra = chosen[index % chosen.length]!;
    const isLineEnd = word.kind === "newline";
    const widened = gap.includes(" ") ? gap + extra.replace(/\/\/.*\n/s, " ") : gap;
    result += (isLineEnd ? gap + extra.replace(/\n$/, "") : widened) + word.text;
    end = word.end;
  });
  return result + text.slice(end);
}

const bytesOf = (text: string): readonly string[] =>
  compileText(text).machine.cells.map(
    ({ fileName, bytes }) => `${fileName} ${Buffer.from(bytes).toString("hex")}`,
  );

describe("the bytes of a machine", () => {
  it("are the same whatever blanks and comments its text has, and after formatting", () => {
    const expected = new Map(machines.map((text) => [text, bytesOf(text)] as const));
    let changed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...machines),
        fc.array(blanks, { minLength: 5, maxLength: 40 }),
        (text, chosen) => {
          const other = disturbed(text, chosen);
          if (other !== text) changed += 1;
          expect(expected.get(text)!.length).to.be.greaterThan(0);
          expect(bytesOf(other)).to.deep.equal(expected.get(text));
          const formatted = format(new SourceFile("machine.jail", other), () => {})!;
          expect(bytesOf(formatted)).to.deep.equal(expected.get(text));
        },
      ),
      { numRuns: 40 },
    );
    expect(changed).to.be.greaterThan(20);
  });
});
