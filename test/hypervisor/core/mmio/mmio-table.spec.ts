import { expect } from "chai";
import fc from "fast-check";
import { type MmioRegion, MmioTable } from "../../../../hypervisor/core/mmio/mmio-table.js";

const handler = { kind: "test", access: () => 0n };
const most64 = 2n ** 64n - 1n;

type Step =
  | { readonly kind: "register"; readonly start: bigint; readonly size: bigint }
  | { readonly kind: "unregister"; readonly start: bigint };

/** A table as a list that is sorted by looking at each region, and searched as the hypervisor does. */
class PlainTable {
  readonly regions: MmioRegion[] = [];

  apply(step: Step, slots: number): void {
    if (step.kind === "register") {
      if (this.regions.length >= slots) return;
      const place = this.regions.findIndex(({ start }) => start > step.start);
      const region = { start: step.start, size: step.size, handler };
      this.regions.splice(place === -1 ? this.regions.length : place, 0, region);
    } else {
      const found = this.find(step.start, 1n);
      if (found !== null) this.regions.splice(found, 1);
    }
  }

  find(address: bigint, size: bigint): number | null {
    let [first, count] = [0, this.regions.length];
    while (count > 0) {
      const middle = first + Math.floor(count / 2);
      const { start, size: length } = this.regions[middle]!;
      if (address < start) count = middle - first;
      else if (BigInt.asUintN(64, start + length) < BigInt.asUintN(64, address + size)) {
        count -= middle + 1 - first;
        first = middle + 1;
      } else return middle;
    }
    return null;
  }
}

const low = fc.bigInt(0n, 60n);
const start = fc.oneof(
  { weight: 8, arbitrary: low },
  { weight: 1, arbitrary: low.map((offset) => most64 - offset) },
  // No number tells them apart.
  { weight: 1, arbitrary: low.map((offset) => 2n ** 60n + offset) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("register" as const), start, size: fc.bigInt(1n, 20n) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("unregister" as const), start }) },
);

describe("a table of trapped regions", () => {
  it("holds and finds what a plain list does, however regions overlap", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const slots = 24;
        const [table, plain] = [new MmioTable(slots), new PlainTable()];
        for (const each of steps) {
          plain.apply(each, slots);
          if (each.kind === "register") table.register({ start: each.start, size: each.size, handler });
          else table.unregister(each.start);
          const bounds = (regions: readonly MmioRegion[]) =>
            regions.map((region) => [region.start, region.size]);
          expect(bounds(table.regions)).to.deep.equal(bounds(plain.regions));
        }
        for (let address = 0; address < 80; address++) {
          for (const size of [1, 2, 4, 8]) {
            expect(table.find(address, size)).to.equal(plain.find(BigInt(address), BigInt(size)));
          }
        }
      }),
    );
  });

  it("keeps addresses, sizes and sums in words of 32 bits on processors of 32 bits", () => {
    const table = new MmioTable(4, 32);
    table.register({ start: 0x1_0000_1000n, size: 0x2_0000_0100n, handler });
    expect(table.regions[0]).to.include({ start: 0x1000n, size: 0x100n });
    expect([table.find(0x10fc, 4), table.find(0x1100, 4)]).to.deep.equal([0, null]);
    // The end of the access wraps to nothing: the region does not seem to end before it.
    expect(table.find(0xffff_fffc, 4)).to.equal(0);
    expect(new MmioTable(1).find(0xffff_fffc, 4)).to.equal(null);
    // No word holds such an address.
    expect(table.find(0x1_0000_1000, 4)).to.equal(null);
    table.unregister(0x7_0000_1000n);
    expect(table.regions).to.deep.equal([]);
  });

  it("finds each of many regions, registered in any order", () => {
    const count = 16_000;
    const table = new MmioTable(count);
    for (let index = 0; index < count; index++) {
      table.register({ start: BigInt(((index * 7919) % count) * 0x1000), size: 0x800n, handler });
    }
    for (let index = 0; index < count; index += 37) {
      expect(table.find(index * 0x1000 + 0x7fc, 4)).to.equal(index);
      expect(table.find(index * 0x1000 + 0x7fd, 4)).to.equal(null);
    }
    for (let index = 0; index < count; index += 2) table.unregister(BigInt(index * 0x1000));
    expect(table.regions).to.have.length(count / 2);
    expect([table.find(0x2000, 4), table.find(0x3000, 4)]).to.deep.equal([null, 1]);
  });
});
