import { expect } from "chai";
import { randomNumbers } from "../../support/random-numbers.js";
import { randomOf } from "./random-scenario.js";
import { runProbes } from "./run-probes.js";

/** A tenth of what `npm run test:simulator` makes. */
const probes = 100_000;

describe("accesses to memory", () => {
  it("come to what the plainest reading of the configs says", () => {
    const random = randomOf(randomNumbers(Number(process.env.CELLC_SEED ?? 20261123)));
    const result = runProbes(probes, random);
    expect(result.disagreements).to.deep.equal([]);
    expect(result.probes).to.be.at.least(probes);
    expect(result.ambiguous).to.be.below(probes / 100);
  }).timeout(120_000);
});
