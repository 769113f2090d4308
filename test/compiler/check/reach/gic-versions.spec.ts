import { expect } from "chai";
import type { Policy } from "../../../../compiler/check/reach/assertion.js";
import { PolicyJudge } from "../../../../compiler/check/reach/assertion.js";
import { gicVersionsOf } from "../../../../compiler/check/reach/gic-versions.js";
import { whoMayReach } from "../../../../compiler/check/reach/may-reach.js";
import { partitionsOf } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";
import { targetOf } from "./telling.js";

const version3 = "v3 { gicd 0x800_0000; gicr 0x80a_0000 }";

/** Redistributors are from 0x80a0000 on: to 0x80dffff of a GICv3, to 0x811ffff of a GICv4. */
function board(
  ofCell: string,
  { gic = version3, ofRoot = "pci virtual mmconfig at 0x8e0_0000 domain 1" } = {},
): string {
  return `system board { architecture arm64; cpus 0-1; gic ${gic}; ${ofRoot} }
cell demo { cpus 1; ${ofCell} }
`;
}

function region(at: string): string {
  return `memory at 0x900_0000 size 0x10 mapped at ${at} rw io-32`;
}

describe("the versions that a GIC may have", () => {
  const versions = (text: string, described?: string) =>
    gicVersionsOf(setOf(text, described === undefined ? {} : { board: described }));

  it("are both where something lies among the redistributors of one of them", () => {
    for (const at of ["0x80a_0000", "0x811_fff0"])
      expect(versions(board(region(at))), at).to.deep.equal([3, 4]);
    for (const at of ["0x809_fff0", "0x812_0000"]) expect(versions(board(region(at))), at).to.deep.equal([3]);
    const taken = "memory at 0x811_0010 size 0x10 mapped at 0x1000 rw io-32";
    expect(versions(board(taken))).to.deep.equal([3, 4]);
    const table = "device 00:01.0 domain 0 { msix 1 at 0x811_0000 size 4K }".replace(" domain 0", "");
    expect(versions(board(table))).to.deep.equal([3, 4]);
    expect(versions(board(table.replace("811", "812")))).to.deep.equal([3]);
  });

  it("are both where the hypervisor itself stands in for something among them", () => {
    expect(versions(board("", { gic: "v3 { gicd 0x810_0000; gicr 0x80a_0000 }" }))).to.deep.equal([3, 4]);
    expect(versions(board("", { gic: "v3 { gicd 0x812_0000; gicr 0x80a_0000 }" }))).to.deep.equal([3]);
    const at = (address: string) => ({ ofRoot: `pci virtual mmconfig at ${address} domain 1` });
    expect(versions(board("", at("0x810_0000")))).to.deep.equal([3, 4]);
    expect(versions(board("", at("0x820_0000")))).to.deep.equal([3]);
  });

  it("is the one that the board says", () => {
    for (const version of [3, 4])
      expect(versions(board(region("0x80d_0000")), `gic: { version: ${version} }`)).to.deep.equal([version]);
  });

  it("does not matter without redistributors", () => {
    const v2 = "v2 { gicd 0x800_0000; gicc 0x801_0000; gich 0x803_0000; gicv 0x804_0000 }";
    expect(versions(board(region("0x80d_0000"), { gic: v2 }))).to.deep.equal([null]);
    expect(versions("architecture arm64\ncell demo { cpus 1 }")).to.deep.equal([null]);
    expect(versions("system pc { architecture x86; cpus 0 }")).to.deep.equal([null]);
  });

  it("are asked about with the redistributors in the order of MPIDRs", () => {
    const mpidrs = "cpus: { mpidrs: [0x100, 0x101, 0x0, 0x1] }";
    expect(versions(board(region("0x815_0000")))).to.deep.equal([3]);
    expect(versions(board(region("0x815_0000")), mpidrs)).to.deep.equal([3, 4]);
  });
});

describe("what may be reached", () => {
  const target = targetOf("0x9000000..0x900000f");
  /** Whether the cell may, and on which versions alone. */
  const ways = (at: string): readonly string[] => {
    const set = setOf(board(region(at)));
    return whoMayReach(partitionsOf(set, set.cells), target)
      .accesses.filter(({ cell }) => !cell.isRoot)
      .map(({ chain }) => /GICv\d/.exec(chain.at(-1)!.text)?.[0] ?? "both");
  };
  const holds = (at: string, can: boolean): boolean => {
    const set = setOf(board(region(at)));
    const policy: Policy = { who: "these", cells: set.cells, can, access: "read", targets: [target] };
    return new PolicyJudge(set, [{ name: null, cells: set.cells }]).judge(policy).length === 0;
  };

  it("is what is reached with one of both", () => {
    expect(ways("0x900_0000")).to.deep.equal(["both"]);
    expect(ways("0x80d_0000")).to.deep.equal(["GICv4"]);
    expect(ways("0x80f_0000")).to.deep.equal(["GICv3"]);
  });

  it("must not be, and need not be, where only one of both lets it", () => {
    for (const at of ["0x80d_0000", "0x80f_0000"])
      for (const can of [true, false]) expect(holds(at, can), `${at} ${can}`).to.equal(false);
    expect(holds("0x900_0000", true)).to.equal(true);
    expect(holds("0x900_0000", false)).to.equal(false);
  });
});
