import { expect } from "chai";
import { requireToolchain } from "../../../support/gcc.js";
import {
  alignasSnippets,
  alignmentSnippets,
  nameSnippets,
  overAlignedSnippets,
  redeclarationSnippets,
  sectionSnippets,
  sharedSectionSnippets,
  storageSnippets,
  typeofSnippets,
} from "./declaration-snippets.js";
import { floatingSnippets, longFloatingSnippets } from "./floating-snippets.js";
import { compareBatch } from "./reference.js";
import { expressionSnippets, initializerSnippets, layoutSnippets, mistakeSnippets } from "./snippets.js";
import { bitFieldValueSnippets, constantSnippets, copySnippets, wideSnippets } from "./value-snippets.js";

describe("C semantics, snippet by snippet against gcc", () => {
  before(requireToolchain);

  for (const [name, snippets] of [
    ["layouts", layoutSnippets],
    ["initialisers", initializerSnippets],
    ["expressions", expressionSnippets],
    ["odd cases and mistakes", mistakeSnippets],
    ["repeated declarations", redeclarationSnippets],
    ["sections", sectionSnippets],
    ["alignments", alignmentSnippets],
    ["over-aligned bit-fields", overAlignedSnippets],
    ["uses of _Alignas", alignasSnippets],
    ["names", nameSnippets],
    ["storage classes", storageSnippets],
    ["uses of typeof", typeofSnippets],
    ["wide constants", wideSnippets],
    ["values of wide bit-fields", bitFieldValueSnippets],
    ["floating constants", floatingSnippets],
    ["long floating constants", longFloatingSnippets],
    ["copies", copySnippets],
    ["questions whether something is constant", constantSnippets],
  ] as const) {
    it(`agrees on ${snippets.length} ${name}: bytes, errors, warnings about lost values`, async () => {
      expect(await compareBatch(snippets, { compareWarnings: true })).to.deep.equal([]);
    });
  }

  it("agrees on the sections that every unit has", async () => {
    const differences = await Promise.all(
      sharedSectionSnippets.map((snippet) => compareBatch([snippet], { compareWarnings: true })),
    );
    expect(differences.flat()).to.deep.equal([]);
  });
});
