import { expect } from "chai";
import fc from "fast-check";
import {
  cachePartOf,
  lowestRun,
  rootWaysOf,
  waysText,
  withoutPart,
} from "../../../../compiler/check/facts/cache-ways.js";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { Config } from "../../../../compiler/ir/config.js";
import type { CacheRegion } from "../../../../compiler/ir/memory.js";
import { setOf } from "../../../support/checking.js";

/** Ways as ascending numbers: the model. */
type Ways = readonly number[];
const bitsOf = (ways: Ways): bigint => ways.reduce((all, way) => all | (1n << BigInt(way)), 0n);
const numbers = (bits: bigint): Ways =>
  Array.from({ length: 40 }, (_, way) => way).filter((way) => ((bits >> BigInt(way)) & 1n) === 1n);
const without = (ways: Ways, others: Ways): Ways => ways.filter((way) => !others.includes(way));

function runsOf(ways: Ways): readonly Ways[] {
  const runs: number[][] = [];
  for (const way of ways)
    if (runs.at(-1)?.at(-1) === way - 1) runs.at(-1)!.push(way);
    else runs.push([way]);
  return runs;
}

const anyWays = fc
  .uniqueArray(fc.integer({ min: 0, max: 9 }))
  .map((ways): Ways => ways.sort((a, b) => a - b));
const inARow = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .map(([first, count]): Ways => Array.from({ length: count }, (_, index) => first + index));

describe("ways of a cache", () => {
  it("are told in runs", () => {
    expect([[5], [0, 1, 2, 3], [0, 1, 5], [31], [0, 2]].map((ways) => waysText(bitsOf(ways)))).to.deep.equal([
      "way 5",
      "ways 0-3",
      "ways 0-1,5",
      "way 31",
      "ways 0,2",
    ]);
    fc.assert(
      fc.property(anyWays, (ways) => {
        expect(numbers(lowestRun(bitsOf(ways)))).to.deep.equal(runsOf(ways)[0] ?? []);
      }),
    );
  });

  it("are taken from the root cell, which keeps ways in a row, the upper ones of two pieces", () => {
    fc.assert(
      fc.property(inARow, inARow, anyWays, fc.boolean(), (root, ways, others, rootShared) => {
        const freed = without(others, root);
        const found = withoutPart(
          { root: bitsOf(root), freed: bitsOf(freed) },
          { ways: bitsOf(ways), rootShared },
        );
        const after = found && { root: numbers(found.root), freed: numbers(found.freed) };
        const rest = without(root, ways);
        if (rootShared || rest.length === root.length) {
          expect(after).to.deep.equal({ root, freed });
          return;
        }
        const [first, second] = runsOf(rest);
        if (first === undefined) {
          // Nothing remains: it gets the lowest of those that nobody has.
          const [refill] = runsOf(freed);
          expect(after).to.deep.equal(
            refill === undefined ? null : { root: refill, freed: without(without(freed, refill), ways) },
          );
        } else {
          const left = second === undefined ? freed : [...freed, ...first].sort((a, b) => a - b);
          expect(after).to.deep.equal({ root: second ?? first, freed: without(left, ways) });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the part of a cache that a cell asks for", () => {
  const { system } = setOf(
    'import "machines/intel-pc.jail"\nsystem pc { use intel-pc(); cache l3 ways 2-4 }',
  );
  const [region] = system!.cell.cacheRegions;
  const asking = (...parts: readonly Partial<CacheRegion>[]): CheckedConfig => {
    const cacheRegions = parts.map((each) => ({ ...region!, ...each }));
    const { rootCell } = system!.system!;
    return new CheckedConfig(
      { ...system!.config, rootCell: { ...rootCell, cacheRegions } } as Config,
      system!.facts,
    );
  };

  it("is that of its one region", () => {
    expect(cachePartOf(asking({}))).to.deep.include({ ways: 0b11100n, rootShared: false });
    expect(rootWaysOf(asking({}))).to.equal(0b11100n);
    const shared = asking({
      start: 0,
      size: 32,
      flags: { names: ["JAILHOUSE_CACHE_ROOTSHARED"], unknown: 0n },
    });
    expect(cachePartOf(shared)).to.deep.include({ ways: (1n << 32n) - 1n, rootShared: true });
  });

  it("is none where there are none, several, or one that cannot be; the root cell has all then", () => {
    for (const parts of [
      [],
      [{}, {}],
      [{ size: 0 }],
      [{ start: 31, size: 2 }],
      [{ start: 32, size: 1 }],
      [{ type: "JAILHOUSE_CACHE_L3_CODE" }],
      [{ type: 7 }],
    ]) {
      expect(cachePartOf(asking(...parts))).to.equal(null);
      expect(rootWaysOf(asking(...parts))).to.equal(0xffff_ffffn);
    }
    expect(cachePartOf(asking({ start: 31, size: 1 }))).to.have.property("ways", 1n << 31n);
  });
});
