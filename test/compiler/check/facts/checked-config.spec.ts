import { expect } from "chai";
import { CheckedConfig, type FileFacts } from "../../../../compiler/check/facts/checked-config.js";
import type { Config } from "../../../../compiler/ir/config.js";
import { setOf } from "../../../support/checking.js";

const { system, cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0 "graphics" }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 0 mapped at 2M rw
  memory at 0x3a80_0000 size 4K mapped at 4M rw
  ioports "b" 0x3f8-0x3ff
  ioports "a" 0x2f8-0x2ff
  device 00:02.0
}
`);
const root = system!;
const demo = cells[0]!;

function like(config: CheckedConfig, parts: Partial<Config>, facts: Partial<FileFacts> = {}): CheckedConfig {
  const { architecture: _, ...others } = config.facts;
  return new CheckedConfig({ ...config.config, ...parts } as Config, { ...others, ...facts });
}

describe("a checked config", () => {
  it("is a system or a cell", () => {
    expect([root.isRoot, demo.isRoot]).to.deep.equal([true, false]);
    expect(root.system).to.equal(root.config);
    expect(demo.system).to.equal(null);
    expect(root.cell).to.equal(root.system!.rootCell);
    expect(demo.cell).to.equal(demo.config);
  });

  it("has a title", () => {
    expect([root.title, demo.title]).to.deep.equal(['root cell "pc"', 'cell "demo"']);
  });

  it("takes its architecture from the format, else from what is known about the file", () => {
    expect(like(demo, { architecture: "arm" }, { architecture: "x86" }).architecture).to.equal("arm");
    expect(like(demo, { architecture: null }, { architecture: "arm64" }).architecture).to.equal("arm64");
    expect(like(demo, { architecture: null }).architecture).to.equal(null);
  });

  it("is for the machine of its architecture, whatever it looks like", () => {
    for (const architecture of ["x86", "arm", "arm64"] as const)
      expect(like(demo, { architecture, family: "riscv" }).machine).to.equal(architecture);
    expect(like(demo, { architecture: "riscv64", family: "x86" }).machine).to.equal(null);
    expect(like(demo, { architecture: 9, family: "arm" }).machine).to.equal(null);
  });

  it("is for the machine that it looks like where nothing says the architecture", () => {
    const machineOf = (family: Config["family"]): unknown =>
      like(demo, { architecture: null, family }).machine;
    expect([machineOf("x86"), machineOf("arm"), machineOf("riscv"), machineOf(null)]).to.deep.equal([
      "x86",
      null,
      null,
      null,
    ]);
  });

  it("may be for both machines of ARM where nothing says which", () => {
    const looksLike = (family: Config["family"]): unknown => {
      const config = like(demo, { architecture: null, family });
      return [config.machines, config.isArm, config.mayBe("arm64"), config.mayBe("x86")];
    };
    expect(looksLike("arm")).to.deep.equal([["arm", "arm64"], true, true, false]);
    expect(looksLike("x86")).to.deep.equal([["x86"], false, false, true]);
    expect(looksLike(null)).to.deep.equal([[], false, false, false]);
    expect(like(demo, { architecture: "arm64", family: "arm" }).machines).to.deep.equal(["arm64"]);
  });

  it("knows both machines of ARM", () => {
    const isArm = (architecture: Config["architecture"]): boolean => like(demo, { architecture }).isArm;
    expect([isArm("arm"), isArm("arm64"), isArm("x86"), isArm("riscv64")]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });

  it("numbers its regions", () => {
    expect(demo.regions.map(({ node }) => node)).to.deep.equal(demo.cell.memoryRegions);
    expect(demo.regions.map(({ index }) => index)).to.deep.equal([0, 1, 2, 3]);
    expect(demo.regions[0]!.config).to.equal(demo);
    expect(demo.regions).to.equal(demo.regions);
  });

  it("has the regions by physical memory, the communication region and empty ones left out", () => {
    const ranges = demo.byPhysical.items;
    expect(ranges.map(({ region, start, end }) => [region.index, start, end])).to.deep.equal([
      [0, 0x3a60_0000n, 0x3a70_0000n],
      [3, 0x3a80_0000n, 0x3a80_1000n],
    ]);
    expect(demo.byPhysical).to.equal(demo.byPhysical);
  });

  it("has the regions as the cell sees them, the communication region among them", () => {
    const comm = demo.regions.find((region) => region.comm)!;
    expect(demo.byVirtual.items.map(({ region }) => region.index)).to.have.members([0, comm.index, 3]);
    expect(demo.byVirtual.items.at(0)).to.include({ start: 0n, end: 0x10_0000n });
    expect(demo.byVirtual).to.equal(demo.byVirtual);
  });

  it("lists CPUs by their logical numbers, where the format does", () => {
    expect(root.cpus).to.deep.equal([0, 1, 2, 3]);
    expect(demo.cpus).to.deep.equal([3]);
    expect(demo.cpus).to.equal(demo.cpus);
    const { origins } = demo.cell.cpus;
    expect(like(demo, { cpus: { kind: "list", cpus: [], origins } } as Partial<Config>).cpus).to.deep.equal(
      [],
    );
  });

  it("lists ports ascending", () => {
    expect(demo.ports).to.deep.equal([
      { start: 0x2f8, end: 0x300 },
      { start: 0x3f8, end: 0x400 },
    ]);
    expect(demo.ports).to.equal(demo.ports);
  });

  it("tells devices of the machine from those that the hypervisor makes up", () => {
    const [device] = demo.cell.pciDevices;
    const others = ["JAILHOUSE_PCI_TYPE_BRIDGE", "JAILHOUSE_PCI_TYPE_IVSHMEM", 77].map((type) => ({
      ...device!,
      type,
    }));
    const config = like(demo, { pciDevices: [device!, ...others] } as Partial<Config>);
    expect(config.physicalDevices).to.deep.equal([device, others[0], others[2]]);
    expect(config.ivshmemDevices).to.deep.equal([others[1]]);
  });

  it("knows its flags", () => {
    expect(demo.hasCellFlag("JAILHOUSE_CELL_PASSIVE_COMMREG")).to.equal(true);
    expect(demo.hasCellFlag("JAILHOUSE_CELL_TEST_DEVICE")).to.equal(false);
  });

  it("gives places: of nodes, of the cell and of tables", () => {
    const { cell } = demo;
    expect(demo.spot(cell.cpus)).to.deep.equal({ config: demo, node: cell.cpus });
    expect(demo.spot(cell.cpus, "bytes")).to.deep.equal({ config: demo, node: cell.cpus, field: "bytes" });
    expect(demo.cellSpot()).to.deep.equal({ config: demo, node: cell });
    expect(demo.cellSpot("name")).to.deep.equal({ config: demo, node: cell, field: "name" });
    const table = demo.tableSpot("memoryRegions");
    expect([table.config, table.node.origins, table.field]).to.deep.equal([
      demo,
      cell.tableOrigins,
      "memoryRegions",
    ]);
  });
});
