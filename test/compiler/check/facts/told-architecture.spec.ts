import { expect } from "chai";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { withToldArchitecture } from "../../../../compiler/check/facts/told-architecture.js";
import { boardOf, setOf } from "../../../support/checking.js";

const older = 'profile r13.2\nimport "machines/arm64-board.jail"';
const demo = "cell demo { use inmate() }";
const newer = { onlyBytes: true };

const architectures = (configs: readonly CheckedConfig[]): unknown =>
  configs.map(({ architecture }) => architecture);

describe("the architecture that others tell", () => {
  const told = (text: string, board?: string): unknown =>
    architectures(setOf(text, { ...newer, ...(board === undefined ? {} : { board }) }).all);

  it("is not known where nothing says it", () => {
    expect(told(`${older}\nsystem board { use arm64-board() }\n${demo}`)).to.deep.equal([null, null]);
  });

  it("is told by the units of an IOMMU that only ARM64 has a driver for", () => {
    const withUnit = (unit: string): unknown =>
      told(`${older}\nsystem board { use arm64-board(); iommu ${unit} at 0x500_0000 size 128K }\n${demo}`);
    expect(withUnit("smmuv3")).to.deep.equal(["arm64", "arm64"]);
    expect(withUnit("amd")).to.deep.equal([null, null]);
  });

  it("is told by the ids of streams", () => {
    const text = `${older}\nsystem board { use arm64-board() }\n${demo}\ncell other { cpus 2; streams 0x11 }`;
    expect(told(text)).to.deep.equal(["arm64", "arm64", "arm64"]);
  });

  it("is told by the board", () => {
    const text = `${older}\nsystem board { use arm64-board() }\n${demo}`;
    expect(told(text, "architecture: arm")).to.deep.equal(["arm", "arm"]);
    expect(told(text, "architecture: arm64")).to.deep.equal(["arm64", "arm64"]);
    expect(told(text, "architecture: x86")).to.deep.equal([null, null]);
  });

  it("is told by a config that says it, and stays open where two disagree", () => {
    const [board, cell] = setOf(`${older}\nsystem board { use arm64-board() }\n${demo}`, newer).all;
    const saying = (file: string): CheckedConfig => setOf(`import "machines/${file}.jail"\n${demo}`).all[0]!;
    const all = (...more: CheckedConfig[]): unknown =>
      architectures(withToldArchitecture([board!, cell!, ...more], null));
    expect(all(saying("arm-board"))).to.deep.equal(["arm", "arm", "arm"]);
    expect(all(saying("arm-board"), saying("arm64-board"))).to.deep.equal([null, null, "arm", "arm64"]);
    expect(all(saying("intel-pc"))).to.deep.equal([null, null, "x86"]);
    expect(architectures(withToldArchitecture([cell!], boardOf("architecture: arm")))).to.deep.equal(["arm"]);
  });

  it("is that of the system for a cell that could be for any machine", () => {
    const x86 = 'profile r13.2\nimport "machines/intel-pc.jail"\nsystem pc { use intel-pc() }';
    expect(told(`${x86}\ncell demo { cpus 1 }\ncell other { cpus 2; ioports 0x80 }`)).to.deep.equal([
      null,
      "x86",
      "x86",
    ]);
    expect(told(`${older}\nsystem board { use arm64-board() }\ncell other { cpus 2 }`)).to.deep.equal([
      null,
      null,
    ]);
  });

  it("does not concern what looks like another machine", () => {
    const text = "profile r13.2\narchitecture x86\ncell demo { cpus 1; ioports 0x80 }";
    expect(told(text, "architecture: arm64")).to.deep.equal([null]);
  });
});
