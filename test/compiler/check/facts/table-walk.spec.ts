import { expect } from "chai";
import fc from "fast-check";
import { firstPassedOver, rootTables } from "../../../../compiler/check/facts/root-unmapping.js";
import { walkHole } from "../../../../compiler/check/facts/table-walk.js";
import { cpuRead } from "../../../../compiler/check/reach/access.js";
import { AddressMap } from "../../../../compiler/check/reach/address-map.js";
import { unmap } from "../../../../compiler/check/reach/paging.js";
import { NaivePageTables } from "./naive-page-tables.js";

const K = 0x400n;
const M = K * K;
const G = K * M;

type Range = readonly [start: number, size: number];

/** Near the boundaries of blocks of 2 MiB, 1 GiB and 512 GiB. */
const anyStart = fc
  .record({
    top: fc.constantFrom(0, 0, 0, 1, 2),
    large: fc.constantFrom(0, 1, 2, 511),
    small: fc.constantFrom(0, 1, 2, 511),
    page: fc.constantFrom(0, 0, 1, 300, 511),
  })
  .map(({ top, large, small, page }) => top * 2 ** 39 + large * 2 ** 30 + small * 2 ** 21 + page * 2 ** 12);

const anySize = fc.constantFrom(1, 2, 211, 511, 512, 513, 1024, 2 ** 18 - 1, 2 ** 18, 2 ** 18 + 5, 2 ** 27);

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(anyStart, anySize)
  .map(([start, pages]): Range => [start, pages * 4096]);

/** From each start up to the next but one at most, so that there are holes. */
const anyMemory = fc.uniqueArray(anyStart, { minLength: 1, maxLength: 7 }).chain((starts) => {
  const ascending = starts.sort((one, other) => one - other);
  return fc.tuple(
    ...ascending.map((start, index) =>
      fc
        .constantFrom(1, 3, 512, 700, 2 ** 18)
        .map((pages): Range => [start, Math.min(pages * 4096, (ascending[index + 1] ?? 2 ** 42) - start)]),
    ),
  );
});

function interval([start, size]: Range): { readonly start: bigint; readonly end: bigint } {
  return { start: BigInt(start), end: BigInt(start) + BigInt(size) };
}

describe("the walk that takes memory out of page tables", () => {
  it("goes on by the size of the entry that is empty, from where it stands", () => {
    const before = 3n * G;
    expect(walkHole(3n * G + M, { before, next: 4n * G }, 4)).to.equal(4n * G + M);
    expect(walkHole(2n * G + M, { before: 0n, next: 3n * G }, 3)).to.equal(3n * G + M);
    expect(walkHole(3n * G + M, { before: 3n * G + 4n * K, next: 3n * G + 2n * M }, 4)).to.equal(
      3n * G + 2n * M,
    );
    expect(walkHole(3n * G + 3n * M, { before: 3n * G + 4n * K, next: 3n * G + 4n * M }, 4)).to.equal(
      3n * G + 5n * M,
    );
  });

  it("goes page by page where no entry of four levels is there, and to the end of time at once", () => {
    expect(walkHole(M, { before: 0n, next: 600n * G }, 4)).to.equal(600n * G);
    expect(walkHole(M, { before: 0n, next: 600n * G }, 3)).to.equal(600n * G + M);
    expect(walkHole(M, { before: 0n, next: 1n << 63n }, 4)).to.equal(1n << 63n);
  });

  for (const levels of [3, 4] as const)
    it(`leaves the same as tables of ${levels} levels do, entry by entry`, () => {
      fc.assert(
        fc.property(anyMemory, fc.array(anyRange, { minLength: 1, maxLength: 4 }), (memory, taken) => {
          // Addresses behind what the tables have room for have a rule of their own.
          const most = levels === 3 ? 2 ** 39 : 2 ** 48;
          fc.pre([...memory, ...taken].every(([start, size]) => start + size <= most));
          const naive = new NaivePageTables(levels);
          const map = new AddressMap();
          for (const range of memory) {
            naive.map(...range);
            map.set({
              ...interval(range),
              backing: "physical",
              phys: BigInt(range[0]),
              access: cpuRead,
              region: null,
            });
          }
          for (const range of taken) {
            naive.unmap(...range);
            const { start, end } = interval(range);
            unmap(map, start, end, levels);
            expect(runsOf(map)).to.deep.equal(naive.mapped());
          }
        }),
        { numRuns: 300 },
      );
    });

  it("leaves what a rule says that it leaves first", () => {
    fc.assert(
      fc.property(anyMemory, anyRange, (memory, range) => {
        const naive = new NaivePageTables(4);
        for (const each of memory) naive.map(...each);
        const own = naive.mapped().map(([start, end]) => interval([start, end - start]));
        naive.unmap(...range);
        const [from, to] = [range[0], range[0] + range[1]];
        const left = naive
          .mapped()
          .map(([start, end]) => [Math.max(start, from), Math.min(end, to)] as const)
          .find(([start, end]) => start < end);
        const found = firstPassedOver(interval(range), rootTables(own, []));
        const kept = found && [Number(found.kept.start), Number(found.kept.end)];
        expect(kept).to.deep.equal(left);
        if (found === undefined) return;
        // The hole: from where all in front of it was taken, up to what is left.
        const ends = own.map(({ end }) => end).filter((end) => end <= found.kept.start && end > range[0]);
        expect(found.hole).to.equal(ends.at(-1) ?? BigInt(range[0]));
      }),
      { numRuns: 1000 },
    );
  });

  it("is not asked about the hypervisor's own memory, which shows zeros", () => {
    const hypervisor = { start: 4n * G, end: 4n * G + M };
    const ram = { start: 4n * G + M, end: 5n * G };
    const range = { start: 3n * G + 3n * M, end: 5n * G };
    expect(firstPassedOver(range, rootTables([ram], [hypervisor]))).to.deep.equal({
      kept: { start: 4n * G + M, end: 4n * G + 3n * M },
      hole: range.start,
    });
    expect(firstPassedOver(range, rootTables([], [hypervisor]))).to.equal(undefined);
  });
});

function runsOf(map: AddressMap): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const { start, end } of map.all())
    if (runs.at(-1)?.[1] === Number(start)) runs.at(-1)![1] = Number(end);
    else runs.push([Number(start), Number(end)]);
  return runs;
}
