import { expect } from "chai";
import type { Region } from "../../../../compiler/check/facts/region.js";
import {
  accessOf,
  cpuRights,
  dmaAccessOf,
  dmaRights,
  hasAny,
  type PageTables,
  type Rights,
  rightsText,
} from "../../../../compiler/check/reach/access.js";
import { setOf } from "../../../support/checking.js";

/** Of JAILHOUSE_MEM_*. */
const bits = { r: 1, w: 2, x: 4, d: 8 } as const;

/** Regions with all sets of flags, by their letters: `rwxd`. */
const regions: ReadonlyMap<string, Region> = new Map(
  setOf(
    `system pc {\narchitecture x86\ncpus 0\n${Array.from(
      { length: 16 },
      (_, flags) =>
        `mem_regions { phys_start = ${flags}M; virt_start = ${flags}M; size = 4K; flags = ${flags} }`,
    ).join("\n")}\n}`,
  ).system!.regions.map((region, flags) => [
    Object.entries(bits)
      .map(([letter, bit]) => ((flags & bit) === 0 ? "" : letter))
      .join(""),
    region,
  ]),
);

/** What CPUs can do, and devices behind an IOMMU with the same tables: `rw/r`. */
function reached(tables: PageTables, letters: string): string {
  const access = accessOf(regions.get(letters)!, tables);
  return `${rightsText(cpuRights(access))}/${rightsText(dmaRights(access))}`;
}

describe("what a region lets do", () => {
  it("is on Intel what its flags say, but nothing where it can be written and not read", () => {
    for (const letters of regions.keys()) {
      const cpu = letters.includes("w") && !letters.includes("r") ? "" : letters.replace("d", "");
      expect(reached("intel", letters), letters).to.equal(`${cpu}/`);
    }
  });

  it("is on AMD's tables always reading, where there is a page at all", () => {
    const expected: Readonly<Record<string, string>> = {
      "": "/",
      r: "r/",
      w: "/",
      rw: "rw/",
      x: "/",
      rx: "rx/",
      wx: "/",
      rwx: "rwx/",
      d: "r/",
      rd: "r/r",
      wd: "rw/w",
      rwd: "rw/rw",
      xd: "rx/",
      rxd: "rx/r",
      wxd: "rwx/w",
      rwxd: "rwx/rw",
    };
    expect(Object.fromEntries([...regions.keys()].map((each) => [each, reached("amd", each)]))).to.deep.equal(
      expected,
    );
  });

  it("is on Arm executing where it is reading", () => {
    for (const letters of regions.keys()) {
      const cpu = `${letters.includes("r") ? "r" : ""}${letters.includes("w") ? "w" : ""}${letters.includes("r") ? "x" : ""}`;
      expect(reached("arm", letters), letters).to.equal(`${cpu}/`);
    }
  });

  it("is for devices, by tables of their own, reading and writing", () => {
    for (const [letters, region] of regions) {
      const access = dmaAccessOf(region);
      expect(rightsText(dmaRights(access)), letters).to.equal(letters.replace(/[xd]/g, ""));
      expect(rightsText(cpuRights(access)), letters).to.equal("");
    }
  });

  it("is anything where it is one of the three", () => {
    for (const read of [false, true])
      for (const write of [false, true])
        for (const execute of [false, true]) {
          const rights: Rights = { read, write, execute };
          expect(hasAny(rights)).to.equal(rightsText(rights) !== "");
        }
  });
});
