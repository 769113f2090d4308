import { expect } from "chai";
import { firstFew } from "../../../../compiler/check/facts/first-few.js";

describe("the first few items", () => {
  it("are as many as are asked for, and no more are worked out", () => {
    let asked = 0;
    function* endless(): Generator<number, void> {
      for (;;) yield asked++;
    }
    expect(firstFew(endless(), 3)).to.deep.equal([0, 1, 2]);
    expect(asked).to.equal(3);
    expect(firstFew([1, 2], 3)).to.deep.equal([1, 2]);
    expect(firstFew(endless(), 0)).to.deep.equal([]);
  });
});
