import { expect } from "chai";
import fc from "fast-check";
import { wordsOf } from "../../compiler/dsl/syntax/words.js";
import { compileText } from "../compiler/dsl/compiling.js";
import { pieces } from "../compiler/dsl/syntax/random-files.js";
import { jailSources } from "./sources.js";

/** Machines with one word too many, or with two words in each other's place. */

const machines = jailSources()
  .filter(({ isMachine }) => isMachine)
  .map(({ file, text }) => ({ file, text, words: wordsOf(text) }));

const vocabulary = [...pieces, ...new Set(machines.flatMap(({ words }) => words.map(({ text }) => text)))];

const insertion = fc
  .record({
    machine: fc.constantFrom(...machines),
    place: fc.nat(),
    word: fc.constantFrom(...vocabulary),
    apart: fc.boolean(),
  })
  .map(({ machine: { file, text, words }, place, word, apart }) => {
    const { start } = words[place % words.length]!;
    const inserted = apart ? ` ${word} ` : word;
    return { file, text: text.slice(0, start) + inserted + text.slice(start) };
  });

const swap = fc
  .record({ machine: fc.constantFrom(...machines), place: fc.nat() })
  .map(({ machine: { file, text, words }, place }) => {
    const index = place % (words.length - 1);
    const [one, other] = [words[index]!, words[index + 1]!];
    const swapped = other.text + text.slice(one.end, other.start) + one.text;
    return { file, text: text.slice(0, one.start) + swapped + text.slice(other.end) };
  });

describe("a machine with a word too many, or with two in each other's place", () => {
  it("is built or has findings, which lie within its text, in order", () => {
    fc.assert(
      fc.property(fc.oneof(insertion, swap), ({ text }) => {
        const { findings, machine } = compileText(text);
        expect(findings.length === 0).to.equal(machine.cells.length > 0);
        let previous = 0;
        const places = findings.map(({ primary }) => primary!.place);
        for (const place of places) {
          if (place.kind !== "source") throw new Error("a finding has no place in the text");
          const { file, start, end } = place.span;
          expect(file.text).to.equal(text);
          expect(start).to.be.within(previous, end);
          previous = start;
          expect(end).to.be.at.most(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
