import { expect } from "chai";
import fc from "fast-check";
import { requireToolchain } from "../../../support/gcc.js";
import { randomExpression, randomSnippet } from "./random-snippets.js";
import { compareBatch } from "./reference.js";

const seed = Number(process.env.CELLC_SEED ?? 20240917);
const runs = Number(process.env.CELLC_RUNS ?? 400);

describe("C semantics, random programs against gcc", () => {
  before(requireToolchain);

  it("lays out and fills random structs as gcc does", async () => {
    const snippets = fc.sample(randomSnippet, { seed, numRuns: runs });
    const options = {
      compareWarnings: false,
      // a string for a `long`: gcc stores its address
      mayRefuse: ["c-wrong-initializer"],
      // gcc goes on behind the end of an array as if it were longer, and may find errors there
      mayAccept: ["c-excess-elements"],
    };
    expect(await compareBatch(snippets, options)).to.deep.equal([]);
  });

  it("folds random expressions as gcc does", async () => {
    const snippets = fc.sample(randomExpression, { seed, numRuns: runs });
    // C leaves these values undefined, and whether gcc folds around them follows no rule that one could state
    const options = {
      compareWarnings: false,
      mayRefuse: ["c-shift-count", "c-division-by-zero"],
    };
    expect(await compareBatch(snippets, options)).to.deep.equal([]);
  });
});
