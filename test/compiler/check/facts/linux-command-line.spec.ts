import { expect } from "chai";
import { parseCommandLine } from "../../../../compiler/check/facts/linux-command-line.js";

const K = 1n << 10n;
const M = 1n << 20n;
const G = 1n << 30n;
const T = 1n << 40n;

const nothing = { holes: [], limit: null, parts: [], intelIommu: null };
const limitOf = (text: string): bigint | null => parseCommandLine(text).limit;
const hole = (start: bigint, size: bigint): object => ({ start, end: start + size });

describe("the command line of Linux", () => {
  it("says nothing about memory where it speaks of other things", () => {
    for (const text of [
      "",
      " ",
      "quiet",
      "root=/dev/sda1 ro",
      "mem",
      "memmap",
      "xmem=1G",
      "mem1G",
      "intel_iommu",
    ])
      expect(parseCommandLine(text), text).to.deep.equal(nothing);
  });

  it("limits memory: bytes, or units of 1024, in decimal or hexadecimal digits", () => {
    const sizes: Readonly<Record<string, bigint>> = {
      "0": 0n,
      "4096": 4096n,
      "3k": 3n * K,
      "3K": 3n * K,
      "512M": 512n * M,
      "512m": 512n * M,
      "2G": 2n * G,
      "2g": 2n * G,
      "1T": T,
      "1t": T,
      "0x40000000": G,
      "0X10k": 16n * K,
      "0xaBcdef": 0xabcdefn,
    };
    for (const [text, size] of Object.entries(sizes))
      expect(limitOf(`ro mem=${text} quiet`), text).to.equal(size);
  });

  it("limits nothing by what is no size", () => {
    for (const text of ["", "nopentium", "4X", "G", "x4", " 4", "-1", "1.5G", "4G4", "G4", "a4", "0x", "0xg"])
      expect(limitOf(`mem=${text}`), text).to.equal(null);
    expect(limitOf(`mem=${"9".repeat(20)}`)).to.equal(BigInt("9".repeat(20)));
    expect(limitOf(`mem=${"9".repeat(21)}`)).to.equal(null);
    expect(limitOf(`mem=0x${"f".repeat(16)}`)).to.equal((1n << 64n) - 1n);
    expect(limitOf(`mem=0x${"f".repeat(17)}`)).to.equal(null);
  });

  it("counts the last limit, and passes over what is none", () => {
    expect(limitOf("mem=1G mem=2G")).to.equal(2n * G);
    expect(limitOf("mem=1G,2G")).to.equal(2n * G);
    expect(limitOf("mem=1G mem=nopentium")).to.equal(G);
    expect(limitOf("mem=1G,nopentium")).to.equal(G);
    expect(limitOf("mem=1G\tquiet\nmem=3G")).to.equal(3n * G);
  });

  it("keeps memory from Linux, however the boot loader wants the dollar sign", () => {
    const expected = [hole(0x3a00_0000n, 82n * M)];
    for (const sign of ["$", "\\$", "\\\\\\$"])
      expect(parseCommandLine(`memmap=82M${sign}0x3a000000`)).to.deep.equal({ ...nothing, holes: expected });
    expect(parseCommandLine("memmap=0x10$1k,4K$1T quiet memmap=1g$2G").holes).to.deep.equal([
      hole(K, 16n),
      hole(T, 4n * K),
      hole(2n * G, G),
    ]);
  });

  it("keeps nothing from Linux by other kinds of memmap, or by what is no range", () => {
    for (const text of [
      "4K@1M",
      "4K#1M",
      "4K!1M",
      "exactmap",
      "4K",
      "4K$",
      "$1M",
      "x4K$1M",
      "4K$1Mx",
      "4K$1M$2M",
    ])
      expect(parseCommandLine(`memmap=${text}`), text).to.deep.equal(nothing);
  });

  it("names parts of memory", () => {
    expect(parseCommandLine("mem=64M@0x60000000 mem=1G@2G")).to.deep.equal({
      ...nothing,
      parts: [hole(0x6000_0000n, 64n * M), hole(2n * G, G)],
    });
    expect(parseCommandLine("mem=4K$1M")).to.deep.equal(nothing);
  });

  it("says both of limits and holes", () => {
    expect(parseCommandLine("memmap=4K$1M mem=1G intel_iommu=on")).to.deep.equal({
      holes: [hole(M, 4n * K)],
      limit: G,
      parts: [],
      intelIommu: true,
    });
  });

  it("turns the IOMMU on and off; the last word counts", () => {
    const iommu = (text: string): boolean | null => parseCommandLine(text).intelIommu;
    expect(iommu("intel_iommu=on")).to.equal(true);
    expect(iommu("intel_iommu=off")).to.equal(false);
    expect(iommu("intel_iommu=on,sm_on")).to.equal(true);
    expect(iommu("intel_iommu=on intel_iommu=off")).to.equal(false);
    expect(iommu("intel_iommu=off,on")).to.equal(true);
    expect(iommu("intel_iommu=sm_on")).to.equal(null);
    expect(iommu("amd_iommu=on iommu=off")).to.equal(null);
    expect(iommu("mem=on memmap=on")).to.equal(null);
  });
});
