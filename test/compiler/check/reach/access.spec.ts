import { expect } from "chai";
import type { Region } from "../../../../compiler/check/facts/region.js";
import {
  accessOf,
  cpuRights,
  dmaAccessOf,
  dmaRights,
  hasAny,
  type PageTables,
  rightsText,
} from "../../../../compiler/check/reach/access.js";

const flags = ["r", "w", "x", "d"];
const all = Array.from({ length: 16 }, (_, bits) =>
  flags.filter((_flag, index) => ((bits >> index) & 1) === 1).join(""),
);

function region(given: string): Region {
  const has = (flag: string): boolean => given.includes(flag);
  return { read: has("r"), write: has("w"), execute: has("x"), dma: has("d") } as Region;
}

/** What CPUs and, behind a slash, devices can do with each combination of flags. */
function table(tables: PageTables): Readonly<Record<string, string>> {
  return Object.fromEntries(
    all.map((given) => {
      const access = accessOf(region(given), tables);
      return [given, `${rightsText(cpuRights(access))}/${rightsText(dmaRights(access))}`];
    }),
  );
}

describe("what entries of page tables let", () => {
  it("is what is said, on Intel's: nothing where memory could be written and not read", () => {
    const expected = Object.fromEntries(
      all.map((given) => {
        const rights = given.includes("w") && !given.includes("r") ? "" : given.replace("d", "");
        return [given, `${rights}/`];
      }),
    );
    expect(table("intel")).to.deep.equal(expected);
    expect(table("intel").rwx).to.equal("rwx/");
  });

  it("is reading of all that is there, on AMD's, which `dma` makes be there, too", () => {
    expect(table("amd")).to.deep.equal({
      "": "/",
      r: "r/",
      w: "/",
      x: "/",
      d: "r/",
      rw: "rw/",
      rx: "rx/",
      rd: "r/r",
      wx: "/",
      wd: "rw/w",
      xd: "rx/",
      rwx: "rwx/",
      rwd: "rw/rw",
      rxd: "rx/r",
      wxd: "rwx/w",
      rwxd: "rwx/rw",
    });
  });

  it("is execution of all that can be read, on Arm", () => {
    const expected = Object.fromEntries(
      all.map((given) => {
        const rights = `${given.includes("r") ? "r" : ""}${given.includes("w") ? "w" : ""}${given.includes("r") ? "x" : ""}`;
        return [given, `${rights}/`];
      }),
    );
    expect(table("arm")).to.deep.equal(expected);
  });

  it("is reading and writing as said, for devices that have tables of their own", () => {
    expect(all.map((given) => rightsText(dmaRights(dmaAccessOf(region(given)))))).to.deep.equal(
      all.map((given) => given.replace(/[xd]/g, "")),
    );
    expect(hasAny(cpuRights(dmaAccessOf(region(""))))).to.equal(false);
    expect(cpuRights(dmaAccessOf(region("rw")))).to.deep.equal({ read: false, write: false, execute: false });
  });

  it("is something where any of it is", () => {
    const rights = (given: string) => cpuRights(accessOf(region(given), "intel"));
    expect(["", "r", "x", "rw", "w"].map((given) => hasAny(rights(given)))).to.deep.equal([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(hasAny({ read: false, write: true, execute: false })).to.equal(true);
  });
});
