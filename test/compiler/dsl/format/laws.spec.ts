import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { format } from "../../../../compiler/dsl/format/format.js";
import { wordsOf } from "../../../../compiler/dsl/syntax/words.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { anyText, validText } from "../syntax/random-files.js";
import { read } from "../syntax/reading.js";

const fixtures = path.resolve(import.meta.dirname, "../../../../../test/fixtures/dsl");
const machine = (name: string): string => readFileSync(path.join(fixtures, name), "utf8");

function formatted(text: string): string | undefined {
  return format(new SourceFile("machine.jail", text), () => undefined);
}

/** Words and comments as they are compared: without line ends and `;`, in one spelling. */
function essence(text: string): readonly string[] {
  return wordsOf(text)
    .filter(({ kind, text: word }) => kind !== "newline" && word !== ";")
    .map(({ kind, text: word }) => {
      const isNumber = (kind === "number" && /^0[xb]/i.test(word)) || kind === "address";
      return `${kind} ${isNumber ? word.toLowerCase() : word.trimEnd().replaceAll("\r\n", "\n")}`;
    });
}

/** The tree without its places. */
function tree(text: string): string {
  return JSON.stringify(read(text).tree.declarations, (key, value) =>
    key === "start" || key === "end" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}

function check(text: string): void {
  const once = formatted(text);
  expect(once, JSON.stringify(text)).to.be.a("string");
  expect(essence(once!), JSON.stringify(text)).to.deep.equal(essence(text));
  expect(tree(once!), JSON.stringify(text)).to.equal(tree(text));
  expect(formatted(once!), JSON.stringify(text)).to.equal(once);
}

describe("the laws of the formatter", () => {
  it("hold for random files: it keeps words, comments and tree, and leaves its own text alone", () => {
    fc.assert(fc.property(validText, check), { numRuns: 2000 });
  });

  it("hold for random pieces that happen to be a file", () => {
    let files = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const isFile = read(text).findings.length === 0;
        expect(formatted(text) !== undefined).to.equal(isFile);
        if (!isFile) return;
        files += 1;
        check(text);
      }),
      { numRuns: 2000 },
    );
    expect(files).to.be.greaterThan(20);
  });

  it("hold for whole machines, which it leaves as they are where they are canonical", () => {
    for (const name of ["pc.jail", "board.jail"])
      expect(formatted(machine(name)), name).to.equal(machine(name));
    check(machine("lists.jail"));
    check(machine("pc.jail").replaceAll("\n", "\r\n"));
    check(machine("board.jail").replaceAll("\n", "\r"));
  });

  it("hold for a machine without its columns: they come back", () => {
    for (const name of ["pc.jail", "board.jail"]) {
      const text = machine(name);
      const squeezed = text.replaceAll(/(?<=\S) {2,}(?=\S)/g, " ");
      expect(squeezed).to.not.equal(text);
      expect(formatted(squeezed)).to.equal(text);
    }
  });
});
