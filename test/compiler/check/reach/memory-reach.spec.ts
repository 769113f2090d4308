import { expect } from "chai";
import { reached, told } from "./telling.js";

const pc = `system pc {
  architecture x86
  cpus 0-3
  iommu intel at 0xfed9_0000 size 4K
  memory "RAM" at 0 size 64M rwx dma
  memory "ROM" at 0x800_0000 size 1M r
  memory "timer" at 0xfed0_0100 size 0x100 rw io-32
  device 00:01.0
}
cell demo {
  cpus 1
  memory "RAM" at 0x100_0000 size 1M mapped at 0 rwx dma loadable
  memory "RAM" at 0x180_0000 size 1M mapped at 0x10_0000 rw loadable
  memory "ours" at 0x200_0000 size 4K mapped at 0x20_0000 r rootshared
  memory "both" at 0x210_0000 size 4K mapped at 0x30_0000 rw rootshared loadable
  memory "timer" at 0xfed0_0180 size 8 mapped at 0x40_0180 r io-32
  device 00:02.0
}
`;

describe("what cells take from the root cell", () => {
  it("is gone from its CPUs, and from devices only where the cell's region has dma", () => {
    expect(told(pc, "0x1000000")).to.deep.equal([
      "demo: its CPUs: rwx, at 0x0",
      '| memory "RAM" at 0x100_00: memory "RAM" at 0x1000000 maps it at 0x0, rwx',
      "demo: device 00:02.0: rw, at 0x0",
      '| memory "RAM" at 0x100_00: memory "RAM" at 0x1000000 opens it to devices at 0x0, rw',
      "| device 00:02.0: the device is the cell's",
      "| iommu intel at 0xfed9_00: IOMMU unit 0 at 0xfed90000: VT-d has a table of its own for each cell",
      "pc -> demo: memory 0x1000000",
      '| memory "RAM" at 0 size 6: memory "RAM" of root cell "pc" has it',
      '| memory "RAM" at 0x100_00: memory "RAM" at 0x1000000 of cell "demo" takes it away',
    ]);
    expect(told(pc, "0x1800000")).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x1800000",
      '| memory "RAM" at 0 size 6: memory "RAM" opens it to devices at 0x1800000, rw',
      '| memory "RAM" at 0x180_00: memory "RAM" at 0x1800000 of cell "demo" takes it from the root cell\'s CPUs only: without `dma` it stays in the root cell\'s IOMMU table',
      "| device 00:01.0: the device is the cell's",
      "| iommu intel at 0xfed9_00: IOMMU unit 0 at 0xfed90000: VT-d has a table of its own for each cell",
      "demo: its CPUs: rw, at 0x100000",
      '| memory "RAM" at 0x180_00: memory "RAM" at 0x1800000 maps it at 0x100000, rw',
      "pc -> demo: memory 0x1800000",
      '| memory "RAM" at 0 size 6: memory "RAM" of root cell "pc" has it',
      '| memory "RAM" at 0x180_00: memory "RAM" at 0x1800000 of cell "demo" takes it away',
    ]);
  });

  it("is not what both have, unless the cell is loaded there", () => {
    expect(reached(pc, "0x2000000")).to.deep.equal([
      "pc: its CPUs: rwx, at 0x2000000",
      "pc: device 00:01.0: rw, at 0x2000000",
      "demo: its CPUs: r, at 0x200000",
    ]);
    expect(told(pc, "0x2000000").filter((line) => line.includes("takes"))).to.deep.equal([]);
    expect(reached(pc, "0x2100000")).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x2100000",
      "demo: its CPUs: rw, at 0x300000",
      "pc -> demo: memory 0x2100000",
    ]);
    expect(told(pc, "0x2100000")[2]).to.contain(
      'memory "both" of cell "demo" takes it from the root cell\'s CPUs',
    );
  });

  it("is told part by part, in the order of memory", () => {
    expect(reached(pc, "0xfff000..0x10ffffff")).to.deep.equal([
      "pc: its CPUs: memory 0xfff000..0xffffff, rwx, at 0xfff000..0xffffff",
      "pc: its CPUs: memory 0x1100000..0x17fffff, rwx, at 0x1100000..0x17fffff",
      "pc: its CPUs: memory 0x1900000..0x20fffff, rwx, at 0x1900000..0x20fffff",
      "pc: its CPUs: memory 0x2101000..0x3ffffff, rwx, at 0x2101000..0x3ffffff",
      "pc: its CPUs: memory 0x8000000..0x80fffff, r, at 0x8000000..0x80fffff",
      "pc: device 00:01.0: memory 0xfff000..0xffffff, rw, at 0xfff000..0xffffff",
      "pc: device 00:01.0: memory 0x1100000..0x17fffff, rw, at 0x1100000..0x17fffff",
      "pc: device 00:01.0: memory 0x1800000..0x18fffff, rw, at 0x1800000..0x18fffff",
      "pc: device 00:01.0: memory 0x1900000..0x20fffff, rw, at 0x1900000..0x20fffff",
      "pc: device 00:01.0: memory 0x2100000..0x2100fff, rw, at 0x2100000..0x2100fff",
      "pc: device 00:01.0: memory 0x2101000..0x3ffffff, rw, at 0x2101000..0x3ffffff",
      "demo: its CPUs: memory 0x1000000..0x10fffff, rwx, at 0x0..0xfffff",
      "demo: its CPUs: memory 0x1800000..0x18fffff, rw, at 0x100000..0x1fffff",
      "demo: its CPUs: memory 0x2000000..0x2000fff, r, at 0x200000..0x200fff",
      "demo: its CPUs: memory 0x2100000..0x2100fff, rw, at 0x300000..0x300fff",
      "demo: device 00:02.0: memory 0x1000000..0x10fffff, rw, at 0x0..0xfffff",
      "pc -> demo: memory 0x1000000..0x10fffff",
      "pc -> demo: memory 0x1800000..0x18fffff",
      "pc -> demo: memory 0x2100000..0x2100fff",
    ]);
  });

  it("is told in the order of memory, wherever the cell sees it", () => {
    const text = `system pc { architecture x86; cpus 0-1 }
cell demo {
  cpus 1
  memory at 0x30_2000 size 4K mapped at 0 r
  memory at 0x30_0000 size 4K mapped at 0x1000 rw
  memory at 0x30_1000 size 4K mapped at 0x2000 r
  memory at 0x30_0000 size 4K mapped at 0x3000 r
}
`;
    expect(reached(text, "0x30_0ff0..0x30_2fff")).to.deep.equal([
      "demo: its CPUs: memory 0x300ff0..0x300fff, rw, at 0x1ff0..0x1fff",
      "demo: its CPUs: memory 0x300ff0..0x300fff, r, at 0x3ff0..0x3fff",
      "demo: its CPUs: memory 0x301000..0x301fff, r, at 0x2000..0x2fff",
      "demo: its CPUs: memory 0x302000..0x302fff, r, at 0x0..0xfff",
    ]);
  });

  it("is no cell's where a region of the root cell's own, or a hole, leaves it to devices", () => {
    const text = pc
      .replace(
        '  memory "ROM"',
        '  memory at 0x300_0000 size 4K r\n  memory at 0x4000_0000 size 16M rw dma\n  memory "ROM"',
      )
      .replace(
        "  device 00:02.0",
        "  memory at 0x3ff0_0000 size 2M mapped at 0x4000_0000 rw dma\n  device 00:02.0",
      );
    expect(told(text, "0x3000000").slice(2, 4)).to.deep.equal([
      "pc: device 00:01.0: rw, at 0x3000000",
      '| memory "RAM" at 0 size 6: memory "RAM" opens it to devices at 0x3000000, rw',
    ]);
    for (const address of ["0x3000000", "0x40000000"]) {
      const lines = told(text, address);
      expect(lines.filter((line) => line.startsWith("pc: device"))).to.have.length(1);
      expect(lines.filter((line) => line.includes("CPUs only"))).to.deep.equal([]);
    }
  });

  it("is all that is trapped with it", () => {
    expect(told(pc, "0xfed00180..0xfed00183")).to.deep.equal([
      "demo: its CPUs: r, at 0x400180..0x400183",
      '| memory "timer" at 0xfed0: memory "timer" lets accesses of 32 bits through at 0x400180, r',
      "pc -> demo: memory 0xfed00180..0xfed00183",
      '| memory "timer" at 0xfed0: memory "timer" of root cell "pc" has it',
      '| memory "timer" at 0xfed0: memory "timer" of cell "demo" takes it away, and all that is trapped with it',
    ]);
    expect(reached(pc, "0xfed00100..0xfed00103")).to.deep.equal([
      "pc -> demo: memory 0xfed00100..0xfed00103",
    ]);
    expect(reached(pc, "0xfed001ff")).to.deep.equal(["pc -> demo: memory 0xfed001ff"]);
    expect(reached(pc, "0xfed000fc..0xfed00103")).to.deep.equal([
      "pc -> demo: memory 0xfed00100..0xfed00103",
    ]);
    expect(reached(pc, "0xfed00200")).to.deep.equal([]);
  });

  it("is the trapped region in which the cell's begins, and no other", () => {
    const lost = (memory: string, question: string): readonly string[] =>
      reached(
        `system pc {
  architecture x86
  cpus 0-1
  memory at 0 size 64M rw
  memory at 0xfed0_0100 size 0x100 rw io-32
  memory at 0xfed0_0200 size 0x100 rw io-32
}
cell demo { cpus 1; ${memory} }
`,
        question,
      ).filter((line) => line.startsWith("pc"));
    const question = "0xfed00100..0xfed002ff";
    const first = "memory 0xfed00100..0xfed001ff";
    const second = "memory 0xfed00200..0xfed002ff";
    const way = (memory: string): string =>
      `pc: its CPUs: ${memory}, rw, at ${memory.slice("memory ".length)}`;
    expect(lost("memory at 0xfed0_0100 size 8 mapped at 0 r io-32", question)).to.deep.equal([
      way(second),
      `pc -> demo: ${first}`,
    ]);
    expect(lost("memory at 0xfed0_01f8 size 8 mapped at 0 r io-32", question)).to.deep.equal([
      way(second),
      `pc -> demo: ${first}`,
    ]);
    expect(lost("memory at 0xfed0_0200 size 8 mapped at 0 r io-32", question)).to.deep.equal([
      way(first),
      `pc -> demo: ${second}`,
    ]);
    expect(lost("memory at 0x10_0000 size 4K mapped at 0 r", "0x100000..0xfed00107").slice(-1)).to.deep.equal(
      ["pc -> demo: memory 0x100000..0x100fff"],
    );
  });

  it("is nothing that nobody had", () => {
    expect(reached(pc.replace("at 0x100_0000", "at 0x900_0000"), "0x9000000")).to.deep.equal([
      "demo: its CPUs: rwx, at 0x0",
      "demo: device 00:02.0: rw, at 0x0",
    ]);
    expect(reached(pc, "0x1000000", { onlyCells: true })).to.deep.equal([
      "demo: its CPUs: rwx, at 0x0",
      "demo: device 00:02.0: rw, at 0x1000000",
    ]);
  });

  it("names four of many that took it from CPUs only", () => {
    const cells = Array.from(
      { length: 6 },
      (_, index) => `cell c${index} { cpus ${index + 2}; memory at 0x190_0000 size 4K mapped at 0 r }\n`,
    );
    const lines = told(`${pc.replace("0-3", "0-15")}${cells.join("")}`, "0x1900000");
    expect(
      lines.filter((line) => line.includes("CPUs only")).map((line) => /cell "(c\d)"/.exec(line)![1]),
    ).to.deep.equal(["c0", "c1", "c2", "c3"]);
  });
});

describe("regions of shared-memory devices", () => {
  const peers = `system pc {
  architecture x86
  cpus 0-3
  memory "RAM" at 0 size 16M rwx
}
cell one { cpus 1 }
cell two { cpus 2 }
link net at 0x300_0000 {
  device 00:0e.0
  peers  root, one, two
  state  4K
  shared 4K
  output 4K
  vectors 1
}
`;

  it("are told by what they are for", () => {
    const waysTo = (address: string): readonly string[] =>
      told(peers, address)
        .filter((line) => line.startsWith("| "))
        .map((line) => line.replace("| link net at 0x300_0000: ", ""));
    const all = (name: string, address: string, ...rights: readonly string[]): readonly string[] =>
      rights.map((right) => `${name} of link net maps it at ${address}, ${right}`);
    expect(waysTo("0x2fff000")).to.deep.equal([]);
    expect(waysTo("0x3000000")).to.deep.equal(all("the state table", "0x3000000", "r", "r", "r"));
    expect(waysTo("0x3001000")).to.deep.equal(all("the shared section", "0x3001000", "rw", "rw", "rw"));
    expect(waysTo("0x3002000")).to.deep.equal(all("output section 0", "0x3002000", "rw", "r", "r"));
    expect(waysTo("0x3003000")).to.deep.equal(all("output section 1", "0x3003000", "r", "rw", "r"));
    expect(waysTo("0x3004000")).to.deep.equal(all("output section 2", "0x3004000", "r", "r", "rw"));
    expect(waysTo("0x3005000")).to.deep.equal([]);
  });

  it("had one region only before there were sections", () => {
    const old = `profile r8.1
system pc { architecture x86; cpus 0-1 }
cell one {
  cpus 1
  memory at 0x300_0000 size 4K mapped at 0 rw
  memory at 0x300_1000 size 4K mapped at 0x1000 rw
  memory at 0x300_2000 size 4K mapped at 0x2000 rw
  ivshmem 00:0e.0 { regions from 1 }
}
`;
    const sections = ["0x3000000", "0x3001000", "0x3002000"].map((address) =>
      told(old, address).filter((line) => line.includes("the region is")),
    );
    expect(sections).to.deep.equal([[], ["| ivshmem 00:0e.0: the region is the memory of link 00:0e.0"], []]);
  });

  it("are those of the first device that names them", () => {
    const text = peers.replace(/link[\s\S]*/, "").replace(
      "cell one { cpus 1 }",
      `cell one {
  cpus 1
  memory at 0x310_0000 size 4K mapped at 0 r
  memory at 0x310_1000 size 4K mapped at 0x1000 rw
  memory at 0x310_2000 size 4K mapped at 0x2000 rw
  memory at 0x310_3000 size 4K mapped at 0x3000 rw
  ivshmem 00:01.0 { regions from 0; id 0; peers 1 }
  ivshmem 00:02.0 { regions from 1; id 0; peers 9 }
}`,
    );
    const of = (address: string): readonly string[] =>
      told(text, address).filter((line) => line.includes("the region is") && line.includes("ivshmem"));
    const first = "| ivshmem 00:01.0: the region is";
    expect(of("0x3100000")).to.deep.equal([`${first} the state table of link 00:01.0`]);
    expect(of("0x3101000")).to.deep.equal([`${first} the common section of link 00:01.0`]);
    expect(of("0x3102000")).to.deep.equal([`${first} output section 0 of link 00:01.0`]);
    expect(of("0x3103000")).to.deep.equal([
      "| ivshmem 00:02.0: the region is output section 0 of link 00:02.0",
    ]);
  });
});
