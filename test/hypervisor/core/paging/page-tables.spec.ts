import { expect } from "chai";
import fc from "fast-check";
import { PagePool } from "../../../../hypervisor/core/page-pool.js";
import { PageTables } from "../../../../hypervisor/core/paging/page-tables.js";
import { MachineHang, Refusal } from "../../../../hypervisor/core/refusal.js";
import { extendedTables } from "../../../../hypervisor/x86/table-formats.js";
import "../../../support/seed.js";
import { NaivePageMap } from "../../naive/naive-page-map.js";

const page = 0x1000n;

function newTables(pages = 4096): { readonly pool: PagePool; readonly tables: PageTables } {
  const pool = new PagePool(pages, 0);
  return { pool, tables: new PageTables(extendedTables, pool, null) };
}

/** In pages: near the ends of what entries of each level stand for, where walks and sizes differ. */
const place = fc
  .record({
    edge: fc.constantFrom(0, 2 ** 9, 2 ** 10, 2 ** 18, 2 ** 18 + 2 ** 9, 2 ** 27, 2 ** 36 - 2 ** 10),
    offset: fc.integer({ min: -3, max: 3 }),
  })
  .map(({ edge, offset }) => Math.max(0, edge + offset));

const count = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(2 ** 9, 2 ** 9 + 3, 2 ** 10));

const step = fc.oneof(
  fc.record({
    kind: fc.constant("create" as const),
    physical: place,
    count,
    virtual: place,
    flags: fc.constantFrom(1, 3, 5, 7),
    sizes: fc.constantFrom("huge" as const, "small" as const),
  }),
  fc.record({ kind: fc.constant("destroy" as const), virtual: place, count }),
);

describe("page tables", () => {
  it("hold what a plain list of pages holds, whatever is mapped and taken away", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { tables, pool } = newTables();
        const naive = new NaivePageMap();
        for (const each of steps) {
          const size = BigInt(each.count) * page;
          const virtual = BigInt(each.virtual) * page;
          if (each.kind === "create") {
            naive.create(each.physical, each.count, each.virtual, each.flags);
            tables.create(BigInt(each.physical) * page, size, virtual, each.flags, each.sizes);
          } else {
            naive.destroy(each.virtual, each.count);
            tables.destroy(virtual, size);
          }
        }
        expect(pagesOf(tables)).to.deep.equal(
          [...naive.pages]
            .map(([virtual, { physical, flags }]) => [virtual, physical, flags])
            .sort(([one], [other]) => one! - other!),
        );
        // One walk over all of it would leave over what lies behind holes.
        for (const each of naive.pages.keys()) tables.destroy(BigInt(each) * page, page);
        expect(pool.used).to.equal(0);
      }),
      { numRuns: 300 },
    );
  });

  it("translate each address to what its page leads to", () => {
    const { tables } = newTables();
    tables.create(0x4000_0000n, 0x20_0000n, 0x20_0000n, 7, "huge");
    tables.create(0x7000n, 0x1000n, 0x21_0000n, 1, "huge");
    expect(tables.translate(0x20_1234)).to.deep.equal({ physical: 0x4000_1234, flags: 7 });
    expect(tables.translate(0x21_0fff, 1)).to.deep.equal({ physical: 0x7fff, flags: 1 });
    expect(tables.translate(0x21_0fff, 3)).to.equal(null);
    expect(tables.translate(0x40_0000)).to.equal(null);
    // Nothing is behind the tables, but the hypervisor drops bits that they do not look at.
    expect(tables.translate(2 ** 48 + 0x20_0000)).to.equal(null);
    expect(tables.lookUp(2 ** 48 + 0x20_0000)).to.deep.equal({ physical: 0x4000_0000, flags: 7 });
  });

  it("take what is written but not read for an empty entry", () => {
    const { tables, pool } = newTables();
    tables.create(0n, 0x20_0000n, 0n, 2, "huge");
    expect(pool.used).to.equal(2);
    tables.create(0x1000n, page, 0x1000n, 3, "huge");
    // The large page is overwritten as a whole, and the rest of it is gone.
    expect(pagesOf(tables)).to.deep.equal([[1, 1, 3]]);
  });

  it("split a large page into the smallest ones where a part is taken away", () => {
    const { tables, pool } = newTables();
    tables.create(0n, 2n ** 30n, 0n, 7, "huge");
    expect(pool.used).to.equal(1);
    tables.destroy(0x1000n, page);
    expect(pool.used).to.equal(1 + 1 + 512);
    expect(tables.translate(0x1000)).to.equal(null);
    expect(tables.translate(2 ** 30 - 1)!.physical).to.equal(2 ** 30 - 1);
  });

  it("are refused more where the pool is empty, and keep what was mapped by then", () => {
    const { tables } = newTables(64);
    const map = (): void => tables.create(0n, 2n ** 28n, 0x1000n, 3, "huge");
    expect(map).to.throw(Refusal).with.property("errno", "ENOMEM");
    expect(tables.translate(0x1000)!.physical).to.equal(0);
  });

  it("end in bounded time for any size", () => {
    const { tables, pool } = newTables();
    tables.create(0n, 2n ** 64n - page, 0n, 3, "huge");
    expect(tables.translate(2 ** 47)).to.not.equal(null);
    expect(() => tables.destroy(0n, 2n ** 64n - page)).to.throw(MachineHang);
    tables.destroy(0n, 2n ** 50n);
    expect(pool.used).to.equal(0);
    // Rounding up wraps to nothing.
    tables.create(0n, 2n ** 64n - 1n, 0n, 3, "huge");
    expect(pool.used).to.equal(0);
  });
});

/** In pages, ascending. */
function pagesOf(tables: PageTables): readonly (readonly number[])[] {
  return [...tables.pages()].flatMap(({ virtual, size, physical, flags }) =>
    Array.from({ length: size / 0x1000 }, (_, index) => [
      virtual / 0x1000 + index,
      physical / 0x1000 + index,
      flags,
    ]),
  );
}
