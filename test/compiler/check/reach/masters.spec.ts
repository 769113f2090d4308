import { expect } from "chai";
import { reached, told } from "./telling.js";

/** A 64-bit board with these units: 4K of RAM, and a page of the cell's. */
function board(units: string, { devices = "", architecture = "arm64" } = {}): string {
  return `system board {
  architecture ${architecture}
  cpus 0-3
  ${units}
  memory at 0x4000_0000 size 16M rwx dma
  ${devices}
  streams 0x10-0x12
}
cell demo {
  cpus 1
  memory at 0x4010_0000 size 4K mapped at 0 rw dma
  memory at 0x4020_0000 size 4K mapped at 0x1000 rwx
  streams 0x11
}
`;
}

const smmuv3 = "iommu smmuv3 at 0x2b40_0000 size 128K";
const mmu500 = "iommu arm-mmu500 at 0x2b50_0000 size 64K";
const pvu = "iommu pvu at 0x30f8_0000 size 4K tlb at 0x3600_0000 size 256K";

function byStreams(text: string, question: string): readonly string[] {
  return reached(text, question).filter((line) => line.includes("stream"));
}

describe("what streams reach", () => {
  it("is what the page tables of the root cell have, behind an SMMUv3", () => {
    const text = board(smmuv3);
    expect(byStreams(text, "0x40000000")).to.deep.equal([
      "board: streams 0x10 and 0x12: rw, at 0x40000000",
      "demo: stream 0x11: rw, at 0x40000000",
    ]);
    expect(byStreams(text, "0x40100000")).to.deep.equal([]);
    expect(told(text, "0x40000000").slice(-4)).to.deep.equal([
      "demo: stream 0x11: rw, at 0x40000000",
      "| memory at 0x4000_0000 si: memory at 0x40000000 maps it at 0x40000000, rw",
      "| 0x11: the stream is the cell's",
      "| iommu smmuv3 at 0x2b40_0: IOMMU unit 0 at 0x2b400000: an SMMUv3 has the page tables of the root cell for the streams of all cells",
    ]);
    expect(byStreams(text, "0x40000000").length).to.equal(2);
    expect(told(text, "0x40000000").filter((line) => line.includes("the stream is"))).to.have.length(2);
  });

  it("is what the page tables of the cell have, behind an MMU-500", () => {
    const text = board(`${pvu}\n  ${mmu500}`);
    expect(byStreams(board(mmu500), "0x40000000")).to.deep.equal([
      "board: streams 0x10 and 0x12: rw, at 0x40000000",
    ]);
    expect(byStreams(board(mmu500), "0x40200000")).to.deep.equal(["demo: stream 0x11: rw, at 0x1000"]);
    expect(told(text, "0x40200000")).to.include(
      "| iommu arm-mmu500 at 0x2b: IOMMU unit 1 at 0x2b500000: it uses the page tables of the cell's CPUs",
    );
  });

  it("is the same behind an SMMUv2, which a fork has", () => {
    const text = `profile fork-rntmancuso\n${board("iommu smmuv2 at 0x2b50_0000 size 64K")}`;
    expect(told(text, "0x40200000")).to.include(
      "| iommu smmuv2 at 0x2b50_0: IOMMU unit 0 at 0x2b500000: it uses the page tables of the cell's CPUs",
    );
    expect(byStreams(text, "0x40200000")).to.deep.equal(["demo: stream 0x11: rw, at 0x1000"]);
    expect(byStreams(text, "0x40000000")).to.deep.equal(["board: streams 0x10 and 0x12: rw, at 0x40000000"]);
  });

  it("is what was ever put into the tables of a PVU", () => {
    const text = board(pvu);
    expect(told(text, "0x40100000")).to.deep.equal([
      "board: streams 0x10 and 0x12: rw, at 0x40100000",
      "| memory at 0x4000_0000 si: memory at 0x40000000 opens it to devices at 0x40100000, rw",
      "| 0x10-0x12: the stream is the cell's",
      "| iommu pvu at 0x30f8_0000: IOMMU unit 0 at 0x30f80000: the PVU has tables of its own, from which nothing is taken out again",
      "demo: its CPUs: rwx, at 0x0",
      "| memory at 0x4010_0000 si: memory at 0x40100000 maps it at 0x0, rwx",
      "demo: stream 0x11: rw, at 0x0",
      "| memory at 0x4010_0000 si: memory at 0x40100000 opens it to devices at 0x0, rw",
      "| 0x11: the stream is the cell's",
      "| iommu pvu at 0x30f8_0000: IOMMU unit 0 at 0x30f80000: the PVU has tables of its own, from which nothing is taken out again",
      "board -> demo: memory 0x40100000",
      '| memory at 0x4000_0000 si: memory at 0x40000000 of root cell "board" has it',
      '| memory at 0x4010_0000 si: memory at 0x40100000 of cell "demo" takes it away',
    ]);
    expect(byStreams(text, "0x40200000")).to.deep.equal(["board: streams 0x10 and 0x12: rw, at 0x40200000"]);
  });

  it("is all of it, by each way, behind several kinds", () => {
    const text = board([smmuv3, mmu500, pvu].join("\n  "));
    expect(byStreams(text, "0x40100000")).to.deep.equal([
      "board: streams 0x10 and 0x12: rw, at 0x40100000",
      "demo: stream 0x11: rw, at 0x0",
      "demo: stream 0x11: rw, at 0x0",
    ]);
    expect(told(text, "0x40100000").filter((line) => line.startsWith("| iommu"))).to.deep.equal([
      "| iommu pvu at 0x30f8_0000: IOMMU unit 2 at 0x30f80000: the PVU has tables of its own, from which nothing is taken out again",
      "| iommu arm-mmu500 at 0x2b: IOMMU unit 1 at 0x2b500000: it uses the page tables of the cell's CPUs",
      "| iommu pvu at 0x30f8_0000: IOMMU unit 2 at 0x30f80000: the PVU has tables of its own, from which nothing is taken out again",
    ]);
  });

  it("is all of memory without one, and behind units that the hypervisor does not come to", () => {
    for (const units of ["", `iommu smmuv3 at 0 size 4K\n  ${mmu500}`])
      expect(byStreams(board(units), "0..0xffff"), units).to.deep.equal([
        "board: streams 0x10 and 0x12: rw, at 0x0..0xffff",
        "demo: stream 0x11: rw, at 0x0..0xffff",
      ]);
    expect(told(board(""), "0x1000").slice(-3)).to.deep.equal([
      "demo: stream 0x11: rw, at 0x1000",
      "| 0x11: the stream is the cell's",
      "| system board: there is no IOMMU that Jailhouse uses: devices reach all of memory",
    ]);
    expect(told(board(smmuv3, { architecture: "arm" }), "0x1000").slice(-1)).to.deep.equal([
      "| system board: 32-bit Arm has no IOMMU: devices reach all of memory",
    ]);
    expect(told(board(smmuv3), "0x1000", { onlyCells: true })).to.deep.equal([
      "demo: stream 0x11: rw, at 0x1000",
      "| 0x11: the stream is the cell's",
    ]);
  });

  it("is nothing on x86, which has none", () => {
    const text = "system pc { architecture x86; cpus 0-1; streams 0x10 }\n";
    expect(reached(text, "0x1000")).to.deep.equal([]);
  });
});

describe("what devices reach", () => {
  const pc = (unit: string): string => `system pc {
  architecture x86
  cpus 0-3
  ${unit}
  memory at 0 size 16M rwx dma
  device 00:01.0
  device 00:02.0
  device 00:03.0
}
cell demo {
  cpus 1
  memory at 0x10_0000 size 4K mapped at 0x5000 r dma
  memory at 0x20_0000 size 4K mapped at 0x6000 rwx
  device 00:02.0
  device 00:03.0
}
cell other {
  cpus 2
  device 00:03.0
}
`;
  const byDevices = (text: string, question: string): readonly string[] =>
    reached(text, question).filter((line) => line.includes("device"));

  it("is what the cell's table has, behind VT-d: whoever came last has the device", () => {
    const text = pc("iommu intel at 0xfed9_0000 size 4K");
    expect(byDevices(text, "0x100000")).to.deep.equal(["demo: device 00:02.0: r, at 0x5000"]);
    expect(byDevices(text, "0x200000")).to.deep.equal(["pc: device 00:01.0: rw, at 0x200000"]);
    expect(told(text, "0x0").slice(2, 6)).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x0",
      "| memory at 0 size 16M rwx: memory at 0x0 opens it to devices at 0x0, rw",
      "| device 00:01.0: the device is the cell's",
      "| iommu intel at 0xfed9_00: IOMMU unit 0 at 0xfed90000: VT-d has a table of its own for each cell",
    ]);
  });

  it("is what the page tables of its CPUs have for devices, on AMD's", () => {
    const text = pc("iommu amd at 0xfeb8_0000 size 16K");
    expect(told(text, "0x100000")).to.deep.equal([
      "demo: its CPUs: r, at 0x5000",
      "| memory at 0x10_0000 size: memory at 0x100000 maps it at 0x5000, r",
      "demo: device 00:02.0: r, at 0x5000",
      "| memory at 0x10_0000 size: memory at 0x100000 opens it to devices at 0x5000, r",
      "| device 00:02.0: the device is the cell's",
      "| iommu amd at 0xfeb8_0000: IOMMU unit 0 at 0xfeb80000: it uses the page tables of the cell's CPUs",
      "pc -> demo: memory 0x100000",
      '| memory at 0 size 16M rwx: memory at 0x0 of root cell "pc" has it',
      '| memory at 0x10_0000 size: memory at 0x100000 of cell "demo" takes it away',
    ]);
    expect(byDevices(text, "0x200000")).to.deep.equal([]);
  });

  it("is all of memory without an IOMMU", () => {
    expect(byDevices(pc(""), "0x9_0000_0000..0x9_0000_000f")).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x900000000..0x90000000f",
      "demo: device 00:02.0: rw, at 0x900000000..0x90000000f",
      "other: device 00:03.0: rw, at 0x900000000..0x90000000f",
    ]);
    expect(told(pc(""), "0x900000000").slice(0, 3)).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x900000000",
      "| device 00:01.0: the device is the cell's",
      "| system pc: there is no IOMMU that Jailhouse uses: devices reach all of memory",
    ]);
  });

  it("is named by three of them and how many more there are", () => {
    const devices = (count: number): string =>
      Array.from(
        { length: count },
        (_, index) => `device 00:${(index + 1).toString(16).padStart(2, "0")}.0`,
      ).join("\n  ");
    const named = (count: number): string | undefined => {
      const text = `system pc { architecture x86; cpus 0\n  ${devices(count)}\n}\n`;
      return reached(text, "0x1000")[0];
    };
    expect(named(1)).to.equal("pc: device 00:01.0: rw, at 0x1000");
    expect(named(2)).to.equal("pc: devices 00:01.0 and 00:02.0: rw, at 0x1000");
    expect(named(3)).to.equal("pc: devices 00:01.0, 00:02.0 and 00:03.0: rw, at 0x1000");
    expect(named(4)).to.equal("pc: devices 00:01.0, 00:02.0, 00:03.0 and 1 more: rw, at 0x1000");
  });

  it("is that of streams behind an SMMU, and nothing on a virtual host controller", () => {
    const devices = "device 00:05.0";
    const of = (units: string): readonly string[] => byDevices(board(units, { devices }), "0x1000");
    expect(of("")).to.deep.equal(["board: device 00:05.0: rw, at 0x1000"]);
    for (const units of [smmuv3, mmu500, pvu]) expect(of(units), units).to.deep.equal([]);
    expect(of("pci virtual mmconfig at 0x8e0_0000 domain 1")).to.deep.equal([]);
    expect(of("pci mmconfig at 0x8e0_0000 buses 0-0")).to.deep.equal([
      "board: device 00:05.0: rw, at 0x1000",
    ]);
  });
});
