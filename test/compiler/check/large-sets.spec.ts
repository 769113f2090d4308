import { expect } from "chai";
import { mostTold } from "../../../compiler/check/limit-findings.js";
import { checkLargeSet } from "../../bench/check-sets.js";
import { hostileSets } from "../../bench/hostile-sets.js";

describe("findings of large sets", () => {
  it("do not grow faster than what is checked", () => {
    const [few, many] = [20, 80].map((count) => hostileSets(4, count));
    for (const [index, { name, configs }] of many!.entries()) {
      const before = checkLargeSet(few![index]!.configs());
      expect(checkLargeSet(configs()), name).to.be.at.most(before * 4 + 4 * mostTold);
    }
  });
});
