import { expect } from "chai";
import type { Region } from "../../../compiler/check/facts/region.js";
import {
  bdfText,
  count,
  deviceText,
  flagsText,
  hex,
  isNamedByLink,
  linkText,
  listed,
  ownRegionText,
  portsText,
  rangeText,
  regionText,
  sectionText,
  sizeText,
} from "../../../compiler/check/words.js";
import { setOf } from "../../support/checking.js";

const binary = { of: () => ({ kind: "binary", file: "x.cell", offset: 0, length: 32 }) as const };

function machine(block: string, behind = ""): string {
  return `architecture x86
memory uart at 0x9000 size 4K rw
fragment of(what) { use granted(what) }
fragment granted(what) { memory what }
cell demo { ${block} }
cell other { memory ram at 0xa000 size 4K rw }
${behind}`;
}

function regionsOf(block: string, behind = ""): readonly Region[] {
  return setOf(machine(block, behind)).cells[0]!.regions;
}

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

  it("name a region by its place in the table, where its source has no names", () => {
    const [region] = regionsOf("memory ram at 0x1000 size 4K rw");
    const nameless = { ...region!, node: { ...region!.node, origins: binary } } as Region;
    expect(regionText(nameless)).to.equal('memory region 0 of cell "demo"');
    expect(ownRegionText(nameless)).to.equal("memory region 0");
    expect(isNamedByLink(nameless)).to.equal(false);
    expect(flagsText(nameless, ["JAILHOUSE_MEM_DMA", "JAILHOUSE_MEM_IO_8"])).to.equal("DMA and IO_8");
  });

  it("name a region as the cell language does", () => {
    const texts = (block: string): readonly string[] => regionsOf(block).map(ownRegionText);
    expect(texts('memory ram at 0x1000 size 4K rw; memory "the RTC" at 0x2000 size 4K rw')).to.deep.equal([
      "memory ram",
      'memory "the RTC"',
    ]);
    expect(texts("memory at 0x1000 size 4K rw; comm; memory empty")).to.deep.equal([
      "memory at 0x1000",
      "the communication region",
      "memory empty",
    ]);
    expect(texts("memory uart; memory other.ram rootshared")).to.deep.equal([
      "memory uart",
      "memory other.ram",
    ]);
    expect(texts("use of(uart)")).to.deep.equal(["memory uart"]);
    expect(texts("mem_regions { phys_start = 0x1000; size = 4K }")).to.deep.equal(["memory region 0"]);
    expect(regionText(regionsOf("memory ram at 0 size 4K rw")[0]!)).to.equal('memory ram of cell "demo"');
  });

  it("say where a region lies if its name is not enough", () => {
    const texts = (block: string): readonly string[] => regionsOf(block).map(ownRegionText);
    expect(
      texts("for n in 0-1 { memory buffer at n * 4K size 4K rw }; memory ram at 8K size 4K rw"),
    ).to.deep.equal(["memory buffer at 0x0", "memory buffer at 0x1000", "memory ram"]);
    expect(texts("for n in 1-2 { memory at 4K size 4K mapped at n * 8K rw }")).to.deep.equal([
      "memory at 0x1000 mapped at 0x2000",
      "memory at 0x1000 mapped at 0x4000",
    ]);
    expect(texts("for n in 1-2 { memory at 4K size n * 4K rw }")).to.deep.equal([
      "memory at 0x1000",
      "memory at 0x1000",
    ]);
    expect(texts("memory at 0 size 0 mapped at 4K rw; memory at 0 size 4K rw")).to.deep.equal([
      "memory at 0x0 mapped at 0x1000",
      "memory at 0x0 mapped at 0x0",
    ]);
  });

  it("name the sections of a link", () => {
    const regions = regionsOf(
      "",
      "link tty at 0x10_0000 { device 00:0e.0; peers demo, other; vectors 1; output 4K }",
    );
    expect(regions.map(ownRegionText)).to.deep.equal([
      "the state table of link tty",
      "the shared section of link tty",
      "output section 0 of link tty",
      "output section 1 of link tty",
    ]);
    expect(regionText(regions[1]!)).to.equal('the shared section of link tty in cell "demo"');
    expect(isNamedByLink(regions[0]!)).to.equal(true);
    expect([0, 1, 2].map((index) => sectionText(index, { origins: binary }))).to.deep.equal([
      "the state table",
      "the common section",
      "output section 0",
    ]);
  });

  it("name flags as the cell language does", () => {
    const [region] = regionsOf("memory at 0 size 4K rw");
    const flags = ["READ", "WRITE", "EXECUTE", "COMM_REGION"].map((name) => `JAILHOUSE_MEM_${name}`);
    expect(flagsText(region!, flags)).to.equal("`r`, `w`, `x` and `comm-region`");
  });

  it("name devices and links as the cell language does", () => {
    const [cell] = setOf(
      machine(
        'device nic; device 00:03.0 "the disk"; device 00:04.0; ivshmem 00:05.0 { id 0; peers 2 }',
        "device nic 00:02.0\nlink tty at 0x10_0000 { device 0001:00:0e.0; peers demo, other; vectors 1 }",
      ),
    ).cells;
    const { pciDevices } = cell!.cell;
    expect(pciDevices.map(deviceText)).to.deep.equal([
      "device nic (00:02.0)",
      'device "the disk" (00:03.0)',
      "device 00:04.0",
      "device 00:05.0",
      "link tty (0001:00:0e.0)",
    ]);
    expect(pciDevices.slice(-2).map(linkText)).to.deep.equal(["link 00:05.0", "link tty (0001:00:0e.0)"]);
    expect(linkText({ domain: 1, bdf: 0x70 })).to.equal("link 00:0e.0");
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
