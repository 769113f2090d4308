import { expect } from "chai";
import fc from "fast-check";
import {
  byStart,
  contains,
  type Interval,
  IntervalIndex,
  intersection,
  merged,
  overlap,
  overlappingPairs,
  overlapsAcross,
  without,
} from "../../../../compiler/check/facts/intervals.js";

/**
 * Intervals of so few addresses that they touch, coincide and hold each other all the time, empty ones among them. Each
 * is a set of addresses: that is the model.
 */
const addresses = 14;
const anywhere = 2n ** 64n - BigInt(addresses);
const interval = fc
  .tuple(fc.integer({ min: 0, max: addresses }), fc.integer({ min: 0, max: addresses }))
  .map(
    ([one, other]): Interval => ({ start: BigInt(Math.min(one, other)), end: BigInt(Math.max(one, other)) }),
  );
const intervals = fc.array(interval, { maxLength: 12 });
const groups = fc.array(fc.array(interval, { maxLength: 5 }), { maxLength: 4 });

function held({ start, end }: Interval): readonly number[] {
  const found: number[] = [];
  for (let address = start; address < end; address++) found.push(Number(address));
  return found;
}

const isHeld = (address: number, one: Interval): boolean => held(one).includes(address);
const shared = (one: Interval, other: Interval): readonly number[] =>
  held(one).filter((address) => isHeld(address, other));
const ascending = (items: readonly Interval[]): Interval[] =>
  [...items].sort((one, other) => Number(one.start - other.start) || Number(one.end - other.end));
const isEmpty = (each: Interval): boolean => held(each).length === 0;
const text = ({ start, end }: Interval): string => `${start}-${end}`;
const texts = (items: Iterable<Interval>): string[] => [...items].map(text);
const span = (start: number, end: number): Interval => ({ start: BigInt(start), end: BigInt(end) });

/** Rare shapes need many tries. */
const many = { numRuns: 400 };

describe("intervals", () => {
  it("overlap where they share an address", () => {
    fc.assert(
      fc.property(interval, interval, (one, other) => {
        fc.pre(!isEmpty(one) && !isEmpty(other));
        expect(overlap(one, other)).to.equal(shared(one, other).length > 0);
      }),
    );
  });

  it("have in common what both hold", () => {
    fc.assert(
      fc.property(interval, interval, (one, other) => {
        const common = intersection(one, other);
        expect(common === undefined ? [] : held(common)).to.deep.equal(shared(one, other));
        expect(common === undefined).to.equal(shared(one, other).length === 0);
      }),
    );
  });

  it("contain others whose every address they hold", () => {
    fc.assert(
      fc.property(interval, interval, (outer, inner) => {
        fc.pre(!isEmpty(inner));
        expect(contains(outer, inner)).to.equal(held(inner).every((address) => isHeld(address, outer)));
      }),
    );
  });

  it("are ordered by start, then end", () => {
    fc.assert(
      fc.property(interval, interval, (one, other) => {
        const order = Number(one.start - other.start) || Number(one.end - other.end);
        expect(byStart(one, other)).to.equal(Math.sign(order));
      }),
    );
  });

  it("reach to the end of 64 bits", () => {
    const last: Interval = { start: anywhere, end: 2n ** 64n };
    expect(texts(merged([last, span(0, 1)]))).to.deep.equal(["0-1", text(last)]);
    expect(
      texts(new IntervalIndex([last]).overlapping({ start: 2n ** 64n - 1n, end: 2n ** 64n })),
    ).to.deep.equal([text(last)]);
  });
});

describe("the union of intervals", () => {
  it("holds what any of them holds, in the fewest pieces, ascending", () => {
    fc.assert(
      fc.property(intervals, (items) => {
        const union = merged(items);
        const all = [...new Set(items.flatMap(held))].sort((one, other) => one - other);
        expect(union.flatMap(held)).to.deep.equal(all);
        const pieces = all.filter((address) => !all.includes(address - 1)).length;
        expect(union).to.have.length(pieces);
      }),
    );
  });

  it("leaves the given ones as they are", () => {
    const given = [span(2, 4), span(1, 3)];
    merged(given);
    expect(texts(given)).to.deep.equal(["2-4", "1-3"]);
  });
});

describe("what is left of an interval", () => {
  it("is all that no part holds, in the fewest pieces, ascending", () => {
    fc.assert(
      fc.property(interval, intervals, (whole, others) => {
        const rest = without(whole, merged(others));
        const expected = held(whole).filter((address) => !others.some((each) => isHeld(address, each)));
        expect(rest.flatMap(held)).to.deep.equal(expected);
        expect(rest).to.have.length(expected.filter((each) => !expected.includes(each - 1)).length);
      }),
    );
  });
});

describe("an index of intervals", () => {
  it("answers what a filter answers, ascending", () => {
    fc.assert(
      fc.property(intervals, interval, (items, wanted) => {
        const expected = ascending(items.filter((each) => shared(each, wanted).length > 0));
        const index = new IntervalIndex(items);
        expect(texts(index.overlapping(wanted))).to.deep.equal(texts(expected));
        expect(index.first(wanted)).to.equal(index.overlapping(wanted).next().value);
      }),
    );
  });

  it("knows the first that holds all of another", () => {
    fc.assert(
      fc.property(intervals, interval, (items, wanted) => {
        fc.pre(!isEmpty(wanted));
        const expected = ascending(items).find((each) =>
          held(wanted).every((address) => isHeld(address, each)),
        );
        const found = new IntervalIndex(items).containing(wanted);
        expect(found === undefined ? undefined : text(found)).to.equal(
          expected === undefined ? undefined : text(expected),
        );
      }),
    );
  });

  it("keeps all but the empty ones, ascending", () => {
    fc.assert(
      fc.property(intervals, (items) => {
        const expected = ascending(items.filter((each) => !isEmpty(each)));
        expect(texts(new IntervalIndex(items).items)).to.deep.equal(texts(expected));
      }),
    );
  });

  it("looks at few of many intervals", () => {
    let looks = 0;
    const items = Array.from({ length: 4096 }, (_, index) => ({
      get start(): bigint {
        looks += 1;
        return BigInt(index) * 10n;
      },
      end: BigInt(index) * 10n + 5n,
    }));
    const index = new IntervalIndex(items);
    looks = 0;
    expect([...index.overlapping(span(20_480, 20_481))]).to.have.length(1);
    expect([...index.overlapping(span(40_956, 40_999))]).to.have.length(0);
    expect(looks).to.be.lessThan(60);
  });
});

describe("overlapping pairs", () => {
  it("name only items that overlap, the one that starts first first, and each pair once", () => {
    fc.assert(
      fc.property(intervals, (items) => {
        const pairs = [...overlappingPairs(items)];
        for (const [one, other] of pairs) {
          expect(shared(one, other)).to.not.deep.equal([]);
          expect(one).to.not.equal(other);
          expect(ascending([other, one]).map(text)).to.deep.equal([text(one), text(other)]);
        }
        const keys = pairs.map(([one, other]) =>
          [items.indexOf(one), items.indexOf(other)].sort((a, b) => a - b).join(" "),
        );
        expect(new Set(keys).size).to.equal(keys.length);
      }),
    );
  });

  it("name every pair where there are few", () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), (items) => {
        const expected = items.flatMap((one, index) =>
          items.slice(index + 1).filter((other) => shared(one, other).length > 0),
        );
        expect([...overlappingPairs(items)]).to.have.length(expected.length);
      }),
    );
  });

  it("name every item that overlaps any, of however many", () => {
    const several = fc.array(interval, { minLength: 9, maxLength: 60 });
    fc.assert(
      fc.property(several, (items) => {
        const named = new Set([...overlappingPairs(items)].flat());
        const expected = items.filter((one) =>
          items.some((other) => other !== one && shared(one, other).length > 0),
        );
        expect(items.filter((each) => named.has(each))).to.deep.equal(expected);
      }),
    );
  });

  it("name eight partners of an item that overlaps many", () => {
    const items = Array.from({ length: 100 }, () => span(0, 10));
    const pairs = [...overlappingPairs(items)];
    expect(pairs).to.have.length(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 * 92);
  });
});

/** Intervals that count how often their end is asked for. */
function watched(count: number): { readonly items: readonly Interval[]; looks(): number } {
  let looks = 0;
  const items = Array.from({ length: count }, (_, index) => ({
    start: BigInt(index) * 10n,
    get end(): bigint {
      looks += 1;
      return BigInt(index) * 10n + 5n;
    },
  }));
  return { items, looks: () => looks };
}

describe("overlaps among many disjoint intervals", () => {
  it("are sought in a few steps each", () => {
    const { items, looks } = watched(2000);
    expect([...overlappingPairs(items)]).to.deep.equal([]);
    expect(looks()).to.be.lessThan(10 * items.length);
  });

  it("are sought in a few steps each across groups", () => {
    const { items, looks } = watched(2000);
    const others = items.map(({ start }) => ({ start: start + 2n, end: start + 4n }));
    expect([...overlapsAcross([items, others])]).to.have.length(items.length);
    expect(looks()).to.be.lessThan(10 * items.length);
  });
});

describe("overlaps across groups", () => {
  const tagged = groups.map((each) => each.map((items, group) => items.map((item) => ({ ...item, group }))));

  it("name items of two groups that overlap", () => {
    fc.assert(
      fc.property(tagged, (all) => {
        for (const [one, other] of overlapsAcross(all)) {
          expect(one.group).to.not.equal(other.group);
          expect(shared(one, other)).to.not.deep.equal([]);
        }
      }),
      many,
    );
  });

  it("miss no two groups that overlap", () => {
    fc.assert(
      fc.property(tagged, (all) => {
        const key = (one: number, other: number): string => [one, other].sort((a, b) => a - b).join(" ");
        const found = new Set([...overlapsAcross(all)].map(([one, other]) => key(one.group, other.group)));
        const expected = new Set(
          all.flatMap((items, one) =>
            all.flatMap((others, other) =>
              one !== other && items.some((each) => others.some((that) => shared(each, that).length > 0))
                ? [key(one, other)]
                : [],
            ),
          ),
        );
        expect(found).to.deep.equal(expected);
      }),
      many,
    );
  });

  it("name one pair for each two stretches of a group", () => {
    const pairs = overlapsAcross([
      [span(0, 4), span(2, 6), span(8, 9), span(9, 10)],
      [span(1, 3), span(2, 3), span(8, 10)],
    ]);
    expect([...pairs].map((pair) => pair.map(text).join(" "))).to.deep.equal([
      "0-4 1-3",
      "8-9 8-10",
      "8-10 9-10",
    ]);
  });

  const named = (...all: readonly (readonly Interval[])[]): readonly string[] =>
    [...overlapsAcross(all)].map((pair) => pair.map(text).join(" "));

  it("name one pair of later stretches, too", () => {
    expect(named([span(0, 4), span(8, 12), span(9, 13)], [span(8, 10), span(9, 11)])).to.deep.equal([
      "8-10 8-12",
    ]);
  });

  it("find the item of a stretch that overlaps", () => {
    expect(named([span(1, 4), span(3, 9)], [span(5, 8)])).to.deep.equal(["3-9 5-8"]);
    expect(named([span(0, 9)], [span(1, 3), span(2, 4)])).to.deep.equal(["0-9 1-3"]);
    expect(named([span(2, 5)], [span(0, 2), span(1, 4)])).to.deep.equal(["1-4 2-5"]);
    expect(named([span(4, 5)], [span(0, 6), span(1, 3), span(2, 4)])).to.deep.equal(["0-6 4-5"]);
  });

  it("pass over stretches that overlap while their items do not", () => {
    expect(named([span(0, 2), span(1, 3), span(3, 5)], [span(5, 6)])).to.deep.equal([]);
  });

  it("name no empty item", () => {
    expect(named([span(0, 4)], [span(2, 2)])).to.deep.equal([]);
    expect(named([span(2, 2)], [span(2, 4)], [span(0, 3)])).to.deep.equal(["0-3 2-4"]);
  });

  it("are asked about until eight were of no interest for an item", () => {
    for (const wanted of [0, 7, 8]) {
      const asked: number[] = [];
      const many = Array.from({ length: 20 }, (_, index) => ({ ...span(0, 10), index }));
      const pairs = overlapsAcross<Interval & { readonly index: number }>(
        [many, [{ ...span(2, 3), index: 99 }]],
        ({ index }) => asked.push(index) > 0 && index === wanted,
      );
      expect([...pairs].map(([{ index }]) => index)).to.deep.equal(wanted < 8 ? [wanted] : []);
      expect(asked).to.deep.equal(many.slice(0, Math.min(wanted + 1, 8)).map(({ index }) => index));
    }
  });

  it("name the item that starts first where it stands alone", () => {
    expect([...overlapsAcross([[span(5, 9)], [span(1, 6)]])].flat().map(text)).to.deep.equal(["1-6", "5-9"]);
  });
});
