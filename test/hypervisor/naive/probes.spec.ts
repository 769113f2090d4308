import { expect } from "chai";
import { allKinds, shareOf } from "./all-kinds.js";

/** A tenth of what `npm run test:simulator` makes. */
const probes = 100_000;

describe("accesses come to what the plainest reading of the configs says", () => {
  for (const kind of allKinds) {
    it(kind.name, () => {
      const count = shareOf(kind, probes);
      const result = kind.run(count, Number(process.env.CELLC_SEED ?? 20261123));
      expect(result.disagreements).to.deep.equal([]);
      expect(result.probes).to.be.at.least(count);
      expect(result.leftOut).to.be.below(count / 10);
    }).timeout(120_000);
  }
});
