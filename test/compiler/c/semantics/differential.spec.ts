import { expect } from "chai";
import { requireToolchain } from "../../../support/gcc.js";
import { compareBatch } from "./reference.js";
import { expressionSnippets, initializerSnippets, layoutSnippets, mistakeSnippets } from "./snippets.js";

describe("C semantics, snippet by snippet against gcc", () => {
  before(requireToolchain);

  for (const [name, snippets] of [
    ["layouts", layoutSnippets],
    ["initialisers", initializerSnippets],
    ["expressions", expressionSnippets],
    ["odd cases and mistakes", mistakeSnippets],
  ] as const) {
    it(`agrees on ${snippets.length} ${name}: bytes, errors, warnings about lost values`, async () => {
      expect(await compareBatch(snippets, { compareWarnings: true })).to.deep.equal([]);
    });
  }
});
