import { expect } from "chai";
import { snippets } from "./snippets.js";
import { joinPrograms, preprocessText, runGcc, spellings, splitPrograms } from "./support.js";

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
