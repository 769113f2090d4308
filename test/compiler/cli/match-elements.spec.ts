import { expect } from "chai";
import fc from "fast-check";
import { movedPairs, pairElements } from "../../../compiler/cli/diff/match-elements.js";

const pair = (before: readonly string[], after: readonly string[]) =>
  pairElements(before, after, (element) => element, [
    (element) => element[0],
    (element) => /!(.)$/.exec(element)?.[1],
  ]);

describe("matching the elements of two tables", () => {
  it("pairs equals, then those of one key, and leaves the rest as removed and added", () => {
    expect(pair(["a1", "b1", "c1"], ["x1", "a1", "b2"])).to.deep.equal({
      pairs: [
        { before: 0, after: 1 },
        { before: 1, after: 2 },
      ],
      removed: [2],
      added: [0],
    });
  });

  it("tries the keys in their order, and pairs nothing that has none of them", () => {
    expect(pair(["a1!x", "b1!y", "c1"], ["d1!x", "b2!x", "e1"])).to.deep.equal({
      pairs: [
        { before: 0, after: 0 },
        { before: 1, after: 1 },
      ],
      removed: [2],
      added: [2],
    });
  });

  it("uses every element exactly once, and pairs a table with itself in place", () => {
    const table = fc.array(fc.constantFrom("a1", "a2", "b1", "c"), { maxLength: 8 });
    fc.assert(
      fc.property(table, table, (before, after) => {
        const { pairs, removed, added } = pair(before, after);
        expect([...pairs.map((each) => each.before), ...removed].sort()).to.deep.equal(
          [...before.keys()].sort(),
        );
        expect([...pairs.map((each) => each.after), ...added].sort()).to.deep.equal([...after.keys()].sort());
        expect(pair(before, before).pairs.every((each) => each.before === each.after)).to.equal(true);
      }),
    );
  });

  it("calls as few pairs moved as can be", () => {
    const order = (after: readonly number[]) => after.map((to, from) => ({ before: from, after: to }));
    expect(movedPairs(order([0, 1, 2]))).to.deep.equal([]);
    expect(movedPairs(order([3, 0, 1, 2]))).to.deep.equal([{ before: 0, after: 3 }]);
    expect(movedPairs(order([0, 5, 7]))).to.deep.equal([]);
  });

  it("manages many equal elements", () => {
    const table = Array.from({ length: 200_000 }, (_, index) => `k${index % 3}`);
    expect(pair(table, table.slice(1)).removed).to.have.length(1);
  });
});
