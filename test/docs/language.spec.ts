import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { compileText } from "../compiler/dsl/compiling.js";

/** The examples of the reference are what it says they are: they compile, without a single finding. */

const reference = readFileSync(resolve(import.meta.dirname, "../../../docs/language.md"), "utf8");

interface Example {
  readonly line: number;
  /** `in x86 cell`: lines of a cell, for that architecture. */
  readonly info: string;
  readonly text: string;
}

const examples: readonly Example[] = [...reference.matchAll(/^```jail(.*)\n([\s\S]*?)^```/gm)].map(
  (match) => ({
    line: reference.slice(0, match.index).split("\n").length,
    info: match[1]!.trim(),
    text: match[2]!,
  }),
);

/** The file that an example is, or is a part of. */
function fileOf({ info, text }: Example): string {
  if (info === "") return text;
  const [, architecture, place] = /^in (x86|arm|arm64) (cell|system)$/.exec(info) ?? [];
  if (place === "cell") return `architecture ${architecture}\ncell example {\n${text}}\n`;
  if (place === "system") return `system example {\n  architecture ${architecture}\n${text}}\n`;
  throw new Error(`\`\`\`jail ${info} says nothing that is known`);
}

describe("the examples of docs/language.md", () => {
  it("are found", () => {
    expect(examples.length).to.be.greaterThan(9);
  });

  for (const example of examples) {
    it(`line ${example.line} compiles`, () => {
      const { machine, findings } = compileText(fileOf(example));
      expect(findings.map(({ id, message }) => `${id}: ${message}`)).to.deep.equal([]);
      expect(machine.cells).to.not.be.empty;
    });
  }
});
