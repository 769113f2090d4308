import { expect } from "chai";
import { randomNumbers } from "../../support/random-numbers.js";
import { randomOf } from "../naive/random-scenario.js";
import { exceptions } from "./exceptions.js";
import { runAgreement } from "./run-agreement.js";

const seed = 20261124;
const sets = 600;

describe("rules and simulator", () => {
  it(`say the same of ${sets} sets of configs that are changed at random`, () => {
    const { refused, excepted, disagreements } = runAgreement(sets, randomOf(randomNumbers(seed)));
    expect(Object.fromEntries(disagreements)).to.deep.equal({});
    expect(refused, "commands that do not go well").to.be.above(sets / 4);
    expect(excepted, "sets that are left out").to.be.below(sets / 10);
  });

  it("may differ in few things, each of which has its reason", () => {
    expect(exceptions.length).to.be.at.most(10);
    for (const { reason, source } of exceptions) {
      expect(reason).to.match(/^[a-z]/);
      expect(source).to.match(/^(?:driver|hypervisor)\/[\w/-]+\.c:\d+(?:-\d+)?$/);
    }
  });
});
