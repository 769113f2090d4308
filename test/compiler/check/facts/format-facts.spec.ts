import { expect } from "chai";
import { comparedName } from "../../../../compiler/check/facts/cell-name.js";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { formatHas } from "../../../../compiler/check/facts/format-has.js";
import { headerSize } from "../../../../compiler/check/facts/header-size.js";
import { isSince } from "../../../../compiler/check/facts/history.js";
import { shmemRuns } from "../../../../compiler/check/facts/shmem-runs.js";
import type { Config } from "../../../../compiler/ir/config.js";
import { setOf } from "../../../support/checking.js";

const demo = setOf(`import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate() }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K; output 4K }`).cells[0]!;
const like = (parts: object): CheckedConfig =>
  new CheckedConfig({ ...demo.config, ...parts } as Config, demo.facts);
const of = (profile: string): CheckedConfig => like({ profile });

describe("states of the format", () => {
  it("come one after the other, by revision and within it", () => {
    const states = ["r0.1", "r0.2", "r1.1", "r5.1", "r5.3", "r10.2", "r10.3", "r13.2"] as const;
    for (const [own, profile] of states.entries())
      for (const [asked, since] of states.entries())
        expect(isSince(of(profile), since), `${profile} since ${since}`).to.equal(own >= asked);
  });

  it("are followed by forks and by what upstream has now", () => {
    for (const profile of ["HEAD", "some-fork", "r10", "xr1.1", "r1.1x"])
      expect(isSince(of(profile), "r13.2")).to.equal(true);
  });

  it("have headers and fields, those that are built in", () => {
    expect(headerSize(of("HEAD"))).to.equal(132);
    expect(headerSize(of("unheard-of"))).to.equal(0);
    expect(formatHas(of("HEAD"), "jailhouse_cell_desc", "vpci_irq_base")).to.equal(true);
    expect(formatHas(of("HEAD"), "jailhouse_cell_desc", "vpci")).to.equal(false);
    expect(formatHas(of("HEAD"), "jailhouse_cell", "vpci_irq_base")).to.equal(false);
    expect(formatHas(of("HEAD"), "jailhouse_cell_desc.name", "vpci_irq_base")).to.equal(false);
    expect(formatHas(of("unheard-of"), "jailhouse_cell_desc", "vpci_irq_base")).to.equal(false);
  });

  it("have constants; one that is not built in is taken to have all", () => {
    const width = "JAILHOUSE_MEM_IO_32";
    expect(of("HEAD").hasConstant(width)).to.equal(true);
    expect(of("HEAD").hasConstant("JAILHOUSE_MEM_NONE_SUCH")).to.equal(false);
    expect(of("unheard-of").hasConstant("JAILHOUSE_MEM_NONE_SUCH")).to.equal(true);
  });
});

describe("the name of a cell as it is compared", () => {
  it("ends at the first zero, and after 31 bytes", () => {
    const compared = (name: string): string => comparedName(like({ name }));
    const long = "abcdefghijklmnopqrstuvwxyz0123456789";
    expect(["demo", "", "a\0b", "\0b", long].map(compared)).to.deep.equal([
      "demo",
      "",
      "a",
      "",
      long.slice(0, 31),
    ]);
  });
});

describe("regions that shared-memory devices use", () => {
  const runs = (...devices: readonly object[]): unknown => {
    const pciDevices = devices.map((each) => ({ ...demo.ivshmemDevices[0]!, ...each }));
    return shmemRuns(like({ pciDevices })).map(({ start, end }) => [Number(start), Number(end)]);
  };

  it("are state table, common section and one for each peer, or one region once", () => {
    expect(runs({ shmemRegionsStart: 5, shmemPeers: 3 })).to.deep.equal([[5, 10]]);
    expect(runs({ shmemRegionsStart: 5, shmemPeers: 3, shmemGeneration: "one-region" })).to.deep.equal([
      [5, 6],
    ]);
    expect(
      runs({ shmemRegionsStart: 9, shmemPeers: 1 }, { shmemRegionsStart: 0, shmemPeers: 2 }),
    ).to.deep.equal([
      [0, 4],
      [9, 12],
    ]);
    expect(runs()).to.deep.equal([]);
  });
});

describe("a checked config of the cell language", () => {
  it("is called as its source calls it", () => {
    expect(new CheckedConfig(demo.config, { ...demo.facts, called: "other" }).title).to.equal('cell "other"');
    const apart = new CheckedConfig(demo.config, { ...demo.facts, distinguishedBy: "a.cell" });
    expect(apart.title).to.equal('cell "demo" (a.cell)');
  });

  it("is shown at bytes of its file, where they are known", () => {
    const origin = { kind: "binary", file: "a.cell", offset: 4, length: 2 } as const;
    expect(demo.cellSpotAt(origin)).to.deep.equal({ config: demo, node: demo.cell, origin });
    expect(demo.cellSpotAt(undefined)).to.deep.equal({ config: demo, node: demo.cell });
  });
});
