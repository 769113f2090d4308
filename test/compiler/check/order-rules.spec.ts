import { expect } from "chai";
import fc from "fast-check";
import { inOrderOfPrerequisites } from "../../../compiler/check/order-rules.js";
import { sampleRule } from "../../support/sample-rule.js";

describe("the order of rules", () => {
  const ordered = (...rules: readonly (readonly [string, ...string[]])[]): readonly string[] =>
    inOrderOfPrerequisites(rules.map(([id, ...after]) => sampleRule(id, { after }))).map(({ id }) => id);

  it("is the given one where no rule waits", () => {
    expect(ordered(["c"], ["a"], ["b"])).to.deep.equal(["c", "a", "b"]);
  });

  it("puts a rule behind all that it waits for, however far", () => {
    expect(ordered(["a", "c", "b"], ["b"], ["c", "d"], ["d"])).to.deep.equal(["d", "c", "b", "a"]);
  });

  it("knows each rule once, and lets rules wait for one that is not asked", () => {
    expect(ordered(["a", "elsewhere", "b"], ["b"])).to.deep.equal(["b", "a"]);
    expect(inOrderOfPrerequisites([sampleRule("alone")])).to.have.length(1);
  });

  it("keeps prerequisites first for any rules", () => {
    const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const after = (rule: number): string[] =>
          pairs
            .filter(([one, other]) => Math.max(one, other) === rule && one !== other)
            .map((pair) => String(Math.min(...pair)));
        const rules = [...Array(10).keys()]
          .reverse()
          .map((each) => sampleRule(String(each), { after: after(each) }));
        const order = inOrderOfPrerequisites(rules);
        expect(order).to.have.length(rules.length).and.to.include.members(rules);
        for (const rule of order)
          for (const id of rule.after ?? [])
            expect(order.findIndex((each) => each.id === id)).to.be.lessThan(order.indexOf(rule));
      }),
    );
  });

  it("looks at each rule once, however many wait for it", () => {
    const layers = [...Array(60).keys()].reverse();
    const rules = layers.flatMap((layer) => {
      const after = layer === 0 ? [] : [`left ${layer - 1}`, `right ${layer - 1}`];
      return [sampleRule(`left ${layer}`, { after }), sampleRule(`right ${layer}`, { after })];
    });
    expect(inOrderOfPrerequisites(rules)[0]!.id).to.equal("left 0");
  });

  it("says which rules wait for each other", () => {
    expect(() => ordered(["a", "b"], ["b", "c"], ["c", "a"])).to.throw(
      "rules wait for each other: a, b, c, a",
    );
  });
});
