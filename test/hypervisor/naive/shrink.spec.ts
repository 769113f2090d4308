import { expect } from "chai";
import fc from "fast-check";
import "../../support/seed.js";
import { shrunk } from "./shrink.js";

describe("scenarios that go wrong are made smaller", () => {
  it("down to what is needed, wherever it stands", () => {
    const list = fc.array(fc.nat(20), { maxLength: 40 });
    fc.assert(
      fc.property(list, list, (outer, inner) => {
        const fails = (each: {
          readonly a: readonly number[];
          readonly b: { readonly c: readonly number[] };
        }): boolean => each.a.includes(7) && each.b.c.filter((value) => value > 10).length >= 2;
        const found = shrunk({ a: [...outer, 7], b: { c: [...inner, 11, 12] } }, fails);
        expect(found.a).to.deep.equal([7]);
        expect(found.b.c).to.have.length(2);
        expect(fails(found)).to.equal(true);
      }),
    );
  });

  it("but not to what cannot be played", () => {
    const fails = (each: readonly number[]): boolean => {
      if (each.length < 3) throw new Error("too short");
      return true;
    };
    expect(shrunk([1, 2, 3, 4, 5, 6], fails)).to.have.length(3);
  });
});
