import { expect } from "chai";
import {
  landings,
  pageStart,
  physicalAddress,
  tableAddress,
} from "../../../../compiler/check/reach/paging.js";

const machines = ["x86", "arm64", "arm"] as const;

describe("addresses of page tables", () => {
  it("are those of pages", () => {
    expect([0n, 1n, 4095n, 4096n, 8191n].map(pageStart)).to.deep.equal([0n, 0n, 0n, 4096n, 4096n]);
  });

  it("have as many bits as there is room for, seen from the cell and on the machine", () => {
    const bits = (
      address: (value: bigint, machine: (typeof machines)[number]) => bigint,
    ): readonly number[] => machines.map((machine) => address((1n << 64n) - 1n, machine).toString(2).length);
    expect(bits(tableAddress)).to.deep.equal([48, 48, 32]);
    expect(bits(physicalAddress)).to.deep.equal([52, 48, 32]);
    expect(tableAddress((1n << 48n) + 5n, "x86")).to.equal(5n);
    expect(physicalAddress((1n << 32n) + 5n, "arm")).to.equal(5n);
  });
});

describe("where memory is found that has more bits than there is room for", () => {
  const size = 1n << 32n;
  const at = (start: bigint, end: bigint, from: bigint, to: bigint): readonly (readonly bigint[])[] =>
    landings({ start, end }, { start: from, end: to }, "arm").map(({ range, offset }) => [
      range.start,
      range.end,
      offset,
    ]);

  it("is where it says, as far as it was asked for", () => {
    expect(at(100n, 200n, 0n, 1000n)).to.deep.equal([[100n, 200n, 0n]]);
    expect(at(100n, 200n, 150n, 160n)).to.deep.equal([[150n, 160n, 50n]]);
    expect(at(100n, 200n, 190n, 300n)).to.deep.equal([[190n, 200n, 90n]]);
    expect(at(100n, 200n, 200n, 300n)).to.deep.equal([]);
    expect(at(0n, 10n, 0n, 1000n)).to.deep.equal([[0n, 10n, 0n]]);
  });

  it("is below what is dropped", () => {
    expect(at(size + 100n, size + 200n, 0n, 1000n)).to.deep.equal([[100n, 200n, 0n]]);
    expect(at(7n * size + 100n, 7n * size + 200n, 150n, 160n)).to.deep.equal([[150n, 160n, 50n]]);
  });

  it("begins anew at 0 behind the last address", () => {
    expect(at(size - 10n, size + 5n, 0n, size)).to.deep.equal([
      [size - 10n, size, 0n],
      [0n, 5n, 10n],
    ]);
    expect(at(size - 10n, size + 5n, 2n, 100n)).to.deep.equal([[2n, 5n, 12n]]);
    expect(at(size - 10n, size, 0n, 100n)).to.deep.equal([]);
    expect(at(size - 10n, size + 100n, size - 5n, size)).to.deep.equal([[size - 5n, size, 5n]]);
  });

  it("is all of it once around", () => {
    expect(at(0n, 3n * size, 50n, 60n)).to.deep.equal([
      [50n, 60n, 50n],
      [50n, 60n, size + 50n],
    ]);
  });
});
