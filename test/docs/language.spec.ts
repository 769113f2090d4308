import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { lockOf } from "../../compiler/cli/lock.js";
import { lockText } from "../../compiler/project/write-lock.js";
import { compileText } from "../compiler/dsl/compiling.js";
import { examplesOf, fileOf } from "./jail-examples.js";

/** The examples of the pages are what they say they are: they compile, without a single finding. */

const root = resolve(import.meta.dirname, "../../..");

for (const [page, least] of [
  ["docs/language.md", 10],
  ["README.md", 2],
] as const) {
  const examples = examplesOf(page);

  describe(`the examples of ${page}`, () => {
    it("are found", () => {
      expect(examples.length).to.be.at.least(least);
    });

    for (const example of examples) {
      it(`line ${example.line} compiles`, () => {
        const { machine, findings } = compileText(fileOf(example));
        expect(findings.map(({ id, message }) => `${id}: ${message}`)).to.deep.equal([]);
        expect(machine.cells).to.not.be.empty;
      });
    }
  });
}

describe("the lock file in docs/language.md", () => {
  it("is what the example above it makes", () => {
    const [, after = ""] = readFileSync(resolve(root, "docs/language.md"), "utf8").split("\n## Pools\n");
    const [, text] = /^```jail\n([\s\S]*?)^```/m.exec(after)!;
    const [, lock] = /^```yaml\n([\s\S]*?)^```/m.exec(after)!;
    const { choices } = compileText(text!).machine;
    const written = lockText(lockOf(choices), "machine.jail");
    expect(written.slice(written.indexOf("version:"))).to.equal(lock);
  });
});
