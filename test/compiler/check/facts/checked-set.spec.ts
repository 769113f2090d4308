import { expect } from "chai";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { checkedSet, iommuUnitsOf } from "../../../../compiler/check/facts/checked-set.js";
import type { Config, SystemConfig } from "../../../../compiler/ir/config.js";
import { boardOf, setOf } from "../../../support/checking.js";

const cellsOf = "cell one { use inmate(cpu = 1) }\ncell two { use inmate(0x3c00_0000, cpu = 2) }";
const textFor = (machine: string): string =>
  `import "machines/${machine}.jail"\nsystem pc { use ${machine}() }\n${cellsOf}`;
const intel = setOf(textFor("intel-pc"));
const { system, cells } = intel;
const [one, two] = cells as [CheckedConfig, CheckedConfig];

/** A system whose IOMMU units have these types, and bases where they are given. */
function withUnits(
  units: readonly (readonly [type: string, base?: bigint])[],
  architecture: Config["architecture"] = "x86",
): CheckedConfig {
  const config = system!.config as SystemConfig;
  const sample = config.platform!.iommuUnits[0]!;
  const iommuUnits = units.map(([type, base = 0xfed0_0000n]) => ({ ...sample, type, base }));
  return new CheckedConfig(
    { ...config, architecture, platform: { ...config.platform!, iommuUnits } },
    system!.facts,
  );
}

describe("a set of configs", () => {
  it("has the system, wherever it is given, and the cells in order", () => {
    const set = checkedSet([one, system!, two]);
    expect(set.system).to.equal(system);
    expect(set.cells).to.deep.equal([one, two]);
    expect(set.all).to.deep.equal([system, one, two]);
  });

  it("may have no system", () => {
    const set = checkedSet([two, one]);
    expect([set.system, set.vendor, set.board]).to.deep.equal([null, null, null]);
    expect(set.all).to.deep.equal([two, one]);
  });

  it("has the board that it is given", () => {
    const board = boardOf("name: a board");
    expect(checkedSet([one], { board }).board).to.equal(board);
  });

  it("takes no two cells to run together unless that is said", () => {
    const { together } = checkedSet([system!, one, two]);
    expect([together(one, two), together(one, one)]).to.deep.equal([false, false]);
  });

  it("takes the root cell to run with every cell", () => {
    const { together } = checkedSet([system!, one, two]);
    expect([together(system!, two), together(one, system!)]).to.deep.equal([true, true]);
  });

  it("takes all to run together where that is said", () => {
    expect(checkedSet([system!, one, two], { scenarios: "all" }).together(one, two)).to.equal(true);
  });

  it("takes the cells of a scenario to run together", () => {
    const third = new CheckedConfig(one.config, one.facts);
    const { together } = checkedSet([system!, one, two, third], { scenarios: [[one], [two, third]] });
    expect(together(two, third)).to.equal(true);
    expect(together(third, two)).to.equal(true);
    expect(together(one, two)).to.equal(false);
    expect(together(two, one)).to.equal(false);
  });
});

describe("the vendor of the processor", () => {
  const vendorWith = (...units: Parameters<typeof withUnits>[0]): unknown =>
    checkedSet([withUnits(units)]).vendor;

  it("is the one that is given before what the IOMMU tells", () => {
    expect(checkedSet([system!], { vendor: "amd" }).vendor).to.equal("amd");
  });

  it("is told by the IOMMU", () => {
    expect(intel.vendor).to.equal("intel");
    expect(setOf(textFor("amd-pc")).vendor).to.equal("amd");
    expect(vendorWith(["JAILHOUSE_IOMMU_AMD"], ["JAILHOUSE_IOMMU_AMD"])).to.equal("amd");
    expect(vendorWith(["JAILHOUSE_IOMMU_AMD"], ["JAILHOUSE_IOMMU_INTEL"])).to.equal("intel");
  });

  it("is open without a unit that is used, or with another one", () => {
    expect(vendorWith()).to.equal(null);
    expect(vendorWith(["JAILHOUSE_IOMMU_INTEL", 0n])).to.equal(null);
    expect(vendorWith(["JAILHOUSE_IOMMU_SMMUV3"])).to.equal(null);
  });

  it("is asked of x86 only", () => {
    expect(checkedSet([withUnits([["JAILHOUSE_IOMMU_INTEL"]], "arm64")]).vendor).to.equal(null);
  });
});

describe("the IOMMU units in use", () => {
  const bases = (...given: readonly bigint[]): readonly bigint[] =>
    iommuUnitsOf(withUnits(given.map((base) => ["JAILHOUSE_IOMMU_INTEL", base] as const))).map(
      ({ base }) => base,
    );

  it("end before the first one without a base", () => {
    expect(bases(1n, 2n, 0n, 3n)).to.deep.equal([1n, 2n]);
    expect(bases(0n, 1n)).to.deep.equal([]);
    expect(bases(1n, 2n)).to.deep.equal([1n, 2n]);
  });

  it("are none in a cell, and none in a system without a platform", () => {
    expect(iommuUnitsOf(one)).to.deep.equal([]);
    const config = { ...(system!.config as SystemConfig), platform: null };
    expect(iommuUnitsOf(new CheckedConfig(config, system!.facts))).to.deep.equal([]);
  });
});
