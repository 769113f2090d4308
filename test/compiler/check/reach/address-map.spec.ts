import { expect } from "chai";
import fc from "fast-check";
import { AddressMap, type Mapping } from "../../../../compiler/check/reach/address-map.js";

/** What each address leads to, one by one. */
type Naive = (number | undefined)[];

interface Change {
  readonly start: number;
  readonly size: number;
  /** Null: nothing any more. */
  readonly phys: number | null;
}

function mapping({ start, size, phys }: Change & { readonly phys: number }): Mapping {
  const [from, to] = [BigInt(start), BigInt(start + size)];
  return { start: from, end: to, backing: "physical", phys: BigInt(phys), access: 1, region: null };
}

function apply(map: AddressMap, naive: Naive, change: Change): void {
  const { start, size, phys } = change;
  for (let at = 0; at < size; at++) naive[start + at] = phys === null ? undefined : phys + at;
  if (phys === null) map.clear(BigInt(start), BigInt(start + size));
  else map.set(mapping({ ...change, phys }));
}

function compare(map: AddressMap, naive: Naive): void {
  const found: Naive = new Array(naive.length).fill(undefined);
  let end = 0n;
  for (const each of map.all()) {
    expect(each.start >= end && each.start < each.end, "ascending, none of them empty").to.equal(true);
    for (let at = each.start; at < each.end; at++) found[Number(at)] = Number(each.phys + (at - each.start));
    end = each.end;
  }
  expect(found).to.deep.equal(naive);
  const all = [...map.all()];
  for (let at = 0; at <= naive.length; at += 1 + Math.floor(naive.length / 100)) {
    expect(map.next(BigInt(at))).to.equal(all.find((each) => each.end > at));
    expect(map.before(BigInt(at))).to.equal(all.findLast((each) => each.end <= at));
  }
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  start: fc.nat({ max: 40 }),
  size: fc.nat({ max: 12 }),
  phys: fc.option(fc.nat({ max: 9 }).map((phys) => phys * 1000)),
});

describe("what page tables map", () => {
  it("is what was set last, and nothing where it was cleared", () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 14 }), (changes) => {
        const map = new AddressMap();
        const naive: Naive = new Array(60).fill(undefined);
        for (const change of changes) {
          apply(map, naive, change);
          compare(map, naive);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is the same however many pieces it is in", () => {
    const pieces = 1700;
    const map = new AddressMap();
    const naive: Naive = new Array(3 * pieces + 10).fill(undefined);
    // Not in order, so that all runs grow.
    for (let n = 0; n < pieces; n++)
      apply(map, naive, { start: 3 * ((n * 617) % pieces), size: 2, phys: 10_000 * n });
    compare(map, naive);
    apply(map, naive, { start: 700, size: 1, phys: null });
    apply(map, naive, { start: 1000, size: 2500, phys: null });
    compare(map, naive);
    apply(map, naive, { start: 2000, size: 10, phys: 5 });
    apply(map, naive, { start: 3 * pieces, size: 10, phys: 77 });
    compare(map, naive);
    apply(map, naive, { start: 0, size: 3 * pieces + 10, phys: null });
    compare(map, naive);
    apply(map, naive, { start: 4, size: 3, phys: 1 });
    compare(map, naive);
  });
});
