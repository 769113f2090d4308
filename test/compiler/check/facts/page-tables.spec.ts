import { expect } from "chai";
import fc from "fast-check";
import {
  growthByTaking,
  type Mapping,
  mappingsOf,
  pagesOfTables,
  pageTables,
  takenFromRoot,
} from "../../../../compiler/check/facts/page-tables.js";
import { setOf } from "../../../support/checking.js";

const K = 0x400n;
const M = K * K;
const G = K * M;

function mapping(start: bigint, size: bigint, shift = 0n, hasHugePages = true): Mapping {
  return { start, end: start + size, shift, hasHugePages };
}

function tablesOf(...mappings: readonly Mapping[]): readonly string[] {
  return pageTables(mappings, 3).levels.map(({ tables }) =>
    tables.map(({ start, end }) => `${start}-${end}`).join(" "),
  );
}

describe("page tables", () => {
  it("are not needed for what fills large pages", () => {
    expect(tablesOf(mapping(0n, 2n * M))).to.deep.equal(["", "0-1", "0-1"]);
    expect(tablesOf(mapping(G, G))).to.deep.equal(["", "", "0-1"]);
    expect(tablesOf(mapping(2n * M, 512n * G))).to.deep.equal(["", "0-1 512-513", "0-2"]);
  });

  it("are needed at the ends that do not", () => {
    expect(tablesOf(mapping(4n * K, 4n * K))[0]).to.equal("0-1");
    expect(tablesOf(mapping(2n * M - 4n * K, 8n * K))[0]).to.equal("0-2");
    expect(tablesOf(mapping(2n * M - 4n * K, 4n * K + 2n * M))[0]).to.equal("0-1");
    expect(tablesOf(mapping(2n * M, 2n * M + 4n * K))[0]).to.equal("2-3");
    expect(tablesOf(mapping(2n * M, 4n * K), mapping(3n * M, 4n * K))[0]).to.equal("1-2");
  });

  it("are needed throughout where pages are small, or lie differently in physical memory", () => {
    expect(tablesOf(mapping(0n, 8n * M, 0n, false))).to.deep.equal(["0-4", "0-1", "0-1"]);
    expect(tablesOf(mapping(0n, 8n * M, 4n * K))).to.deep.equal(["0-4", "0-1", "0-1"]);
    expect(tablesOf(mapping(0n, 2n * G, 2n * M))).to.deep.equal(["", "0-2", "0-1"]);
    expect(tablesOf(mapping(2n * G, 2n * G, -G))).to.deep.equal(["", "", "0-1"]);
  });

  it("are as many as there are levels below the root, a page each", () => {
    const scattered = [mapping(0n, 4n * K), mapping(512n * G, 4n * K)];
    expect([1, 2, 3].map((below) => pagesOfTables(pageTables(scattered, below)))).to.deep.equal([2n, 4n, 6n]);
    expect(pagesOfTables(pageTables([], 3))).to.equal(0n);
  });

  it("are those of regions that are mapped, or that devices reach", () => {
    const { cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 1
  memory at 0x3b00_0000 size 4K mapped at 0 rw
  memory at 0x3b20_0000 size 4K mapped at 2M rw dma no-hugepages
  memory at 0x3b40_0000 size 0 mapped at 4M rw
  memory at 0x3b60_0000 size 16 mapped at 6M rw io-32
  memory at 0x3b80_0000 size 4K mapped at 0xffff_ffff_f000 rw
  memory at 0x3b80_0000 size 8K mapped at 0xffff_ffff_f000 rw
  memory at 0x3ba0_0010 size 4K mapped at 0x1_0000_0000_8000 rw
}`);
    const [cell] = cells;
    expect(mappingsOf(cell!, true)).to.deep.equal([mapping(2n * M, 4n * K, 0x3b00_0000n, false)]);
    expect(mappingsOf(cell!, false)).to.deep.equal([
      mapping(0n, 4n * K, 0x3b00_0000n),
      mapping(2n * M, 4n * K, 0x3b00_0000n, false),
      mapping((1n << 48n) - 4n * K, 4n * K, 0x3b80_0000n - ((1n << 48n) - 4n * K)),
      // The second page would be beyond the last one.
      mapping(0xffff_ffff_f000n, 4n * K, 0x3b80_0000n - 0xffff_ffff_f000n),
      // Bits above those of the tables are dropped, and so is what a start says within its page.
      { ...mapping(0x8000n, 4n * K), shift: 0x3ba0_0000n - 0x1_0000_0000_8000n },
    ]);
  });
});

describe("what is taken from the root cell", () => {
  it("is what a cell has for itself, by physical address", () => {
    const { cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 1
  memory at 0x3b00_0000 size 4K mapped at 0 rw
  memory at 0x3b00_1000 size 4K mapped at 2M rw dma
  memory at 0x3b20_0000 size 4K mapped at 4M rw rootshared
  memory at 0x3b60_0000 size 16 mapped at 6M rw io-32
  comm at 8M
}`);
    expect(takenFromRoot(cells[0]!, false)).to.deep.equal([{ start: 0x3b00_0000n, end: 0x3b00_2000n }]);
    expect(takenFromRoot(cells[0]!, true)).to.deep.equal([{ start: 0x3b00_1000n, end: 0x3b00_2000n }]);
  });

  const ram = pageTables([mapping(0n, 4n * G)], 3);
  const grows = (tables: typeof ram, ...taken: readonly (readonly [start: bigint, end: bigint])[]): bigint =>
    growthByTaking(
      tables,
      taken.map(([start, end]) => ({ start, end })),
    );

  it("splits large pages at its ends", () => {
    expect(grows(ram, [G, 2n * G])).to.equal(0n);
    expect(grows(ram, [G, G + 2n * M])).to.equal(1n);
    expect(grows(ram, [G, G + 4n * K])).to.equal(2n);
    expect(grows(ram, [G + 4n * K, G + 8n * K])).to.equal(2n);
    expect(grows(ram, [2n * G - 4n * K, 2n * G + 4n * K])).to.equal(4n);
    expect(
      grows(ram, [G, G + 4n * K], [G + 8n * K, G + 12n * K], [G + 2n * M, G + 2n * M + 4n * K]),
    ).to.equal(3n);
  });

  it("gives back tables of which nothing is left", () => {
    const device = pageTables([mapping(0n, G), mapping(G + 2n * M, 8n * K), mapping(G + 6n * M, 4n * K)], 3);
    expect(grows(device, [G + 2n * M, G + 2n * M + 4n * K])).to.equal(0n);
    expect(grows(device, [G + 2n * M, G + 2n * M + 8n * K])).to.equal(-1n);
    expect(grows(device, [G + 2n * M, G + 2n * M + 4n * K], [G + 2n * M + 8n * K, G + 3n * M])).to.equal(0n);
    expect(grows(device, [G + 6n * M, G + 7n * M])).to.equal(-1n);
    expect(grows(device, [G + 2n * M, G + 8n * M])).to.equal(-3n);
    expect(grows(device, [0n, 2n * G])).to.equal(-4n);
    expect(grows(device, [G + 8n * M, G + 9n * M])).to.equal(0n);
    expect(grows(device, [2n * G, 3n * G], [4n * G, 4n * G + 4n * K])).to.equal(0n);
  });

  it("leaves the tables that the rest needs", () => {
    // In blocks of 1M: what is left of large pages is as if only that had been mapped.
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (isMapped, isTaken) => {
          const runs = (marks: readonly boolean[]): readonly (readonly [bigint, bigint])[] =>
            marks.flatMap((is, index) => {
              if (!is || marks[index - 1] === true) return [];
              const end = marks.indexOf(false, index);
              return [[BigInt(index) * M, BigInt(end < 0 ? marks.length : end) * M] as const];
            });
          const tables = (marks: readonly boolean[]): typeof ram =>
            pageTables(
              runs(marks).map(([start, end]) => mapping(start, end - start)),
              3,
            );
          const before = tables(isMapped);
          const after = tables(isMapped.map((is, index) => is && isTaken[index] !== true));
          expect(grows(before, ...runs(isTaken))).to.equal(pagesOfTables(after) - pagesOfTables(before));
        },
      ),
    );
  });
});
