import { expect } from "chai";
import {
  bdfText,
  count,
  deviceText,
  hex,
  listed,
  portsText,
  rangeText,
  regionText,
  sizeText,
} from "../../../compiler/check/words.js";
import { setOf } from "../../support/checking.js";

describe("the words of rules", () => {
  it("write numbers in hexadecimal", () => {
    expect([hex(0), hex(255n), hex(2n ** 64n - 1n), hex(-16), hex(-1n)]).to.deep.equal([
      "0x0",
      "0xff",
      "0xffffffffffffffff",
      "-0x10",
      "-0x1",
    ]);
  });

  it("write ranges with both ends", () => {
    expect(rangeText({ start: 0x1000n, end: 0x3000n })).to.equal("0x1000..0x2fff");
    expect(rangeText({ start: 0x1000n, end: 0x1002n })).to.equal("0x1000..0x1001");
    expect(rangeText({ start: 0x1000n, end: 0x1001n })).to.equal("0x1000");
    expect(portsText({ start: 0x3f8, end: 0x400 })).to.equal("0x3f8-0x3ff");
    expect(portsText({ start: 0x70, end: 0x72 })).to.equal("0x70-0x71");
    expect(portsText({ start: 0x60, end: 0x61 })).to.equal("0x60");
  });

  it("write sizes in the largest unit that divides them", () => {
    const sizes = {
      "0x0": 0n,
      "0x200": 512n,
      "1K": 1n << 10n,
      "1025K": (1n << 20n) + (1n << 10n),
      "1M": 1n << 20n,
      "928M": 928n << 20n,
      "3G": 3n << 30n,
      "2T": 2n << 40n,
      "0x401": 1025n,
    };
    for (const [text, size] of Object.entries(sizes)) expect(sizeText(size)).to.equal(text);
  });

  it("name a region by its place in the table", () => {
    const { cells, system } = setOf(
      'import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }\ncell demo { use inmate() }',
    );
    expect(regionText(cells[0]!.regions[1]!)).to.equal('memory region 1 of cell "demo"');
    expect(regionText(system!.regions[0]!)).to.equal('memory region 0 of root cell "pc"');
  });

  it("name devices without a domain that is 0", () => {
    expect(deviceText({ domain: 0, bdf: 0x00fa })).to.equal("device 00:1f.2");
    expect(deviceText({ domain: 1, bdf: 0x00fa })).to.equal("device 0001:00:1f.2");
    expect(bdfText({ domain: 0, bdf: 0x0300 })).to.equal("03:00.0");
    expect(bdfText({ domain: 0xabcd, bdf: 0x0301 })).to.equal("abcd:03:00.1");
  });

  it("count with singular and plural", () => {
    expect([
      count(0, "region"),
      count(1, "region"),
      count(2n, "region"),
      count(1n, "entry", "entries"),
    ]).to.deep.equal(["0 regions", "1 region", "2 regions", "1 entry"]);
    expect(count(3, "entry", "entries")).to.equal("3 entries");
  });

  it("list with commas and `and`", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).to.deep.equal([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
