import { expect } from "chai";
import { reached, told } from "./telling.js";

const pc = `system pc {
  architecture x86
  cpus 0-3
  iommu intel at 0xfed9_0000 size 4K
  pci mmconfig at 0xb000_0000 buses 0-1
  memory "RAM" at 0 size 64M rwx dma
  memory "config" at 0xb000_0000 size 4M rw dma
  device 00:01.0
  device 00:02.0
  device 00:03.0 { domain = 1 }
}
cell one {
  cpus 1
  device 00:01.0
  device 00:04.0
}
cell two {
  cpus 2
  device 00:01.0
}
`;

describe("who reaches a device", () => {
  it("is the root cell until a cell lists it, and then each cell that does", () => {
    const system = pc.replace(/ {2}memory "config".*\n/, "");
    expect(reached(system, "device 00:01.0")).to.deep.equal([
      "one: its CPUs: rw",
      "two: its CPUs: rw",
      "pc -> one: device 00:01.0",
      "pc -> two: device 00:01.0",
    ]);
    expect(told(system, "device 00:02.0")).to.deep.equal([
      "pc: its CPUs: rw",
      "| device 00:02.0: the device is the cell's: the hypervisor checks each write",
    ]);
    expect(told(system, "device 00:04.0")).to.deep.equal([
      "one: its CPUs: rw",
      "| device 00:04.0: the device is the cell's: the hypervisor checks each write",
    ]);
    expect(told(system, "device 00:01.0").slice(-3)).to.deep.equal([
      "pc -> two: device 00:01.0",
      "| device 00:01.0: the root cell lists it",
      '| device 00:01.0: cell "two" takes it away',
    ]);
    expect(reached(system, "device 00:05.0")).to.deep.equal([]);
    // The hypervisor does not look at the domain.
    expect(reached(system, "device 00:03.0")).to.deep.equal(["pc: its CPUs: rw"]);
    expect(reached(system, "device 00:01.0", { onlyCells: true })).to.deep.equal([
      "one: its CPUs: rw",
      "two: its CPUs: rw",
    ]);
  });

  it("is each cell for a shared-memory device of its own", () => {
    const text = `${pc.replace(/ {2}memory "config".*\n/, "")}link net at 0x300_0000 {
  device 00:01.0
  peers root, two
  shared 4K
  vectors 1
}
`
      .replace("  device 00:01.0\n  device 00:02.0", "  device 00:02.0")
      .replace("cell two {\n  cpus 2\n  device 00:01.0", "cell two {\n  cpus 2");
    const made = "| link net at 0x300_0000: the hypervisor makes up this shared-memory device for the cell";
    expect(told(text.replace("  device 00:01.0\n  device 00:04.0", ""), "device 00:01.0")).to.deep.equal([
      "pc: its CPUs: rw",
      made,
      "two: its CPUs: rw",
      made,
    ]);
    // One of the same address that is not made up takes that of the root cell, too.
    expect(reached(text, "device 00:01.0")).to.deep.equal([
      "one: its CPUs: rw",
      "two: its CPUs: rw",
      "pc -> one: device 00:01.0",
    ]);
  });
});

describe("who reaches every device", () => {
  const config = "its CPUs: rw, at 0x";
  const link = "there is the configuration space of the device";

  it("is who has mapped configuration space, as far as buses go", () => {
    expect(told(pc, "device 00:02.0")).to.deep.equal([
      "pc: its CPUs: rw",
      "| device 00:02.0: the device is the cell's: the hypervisor checks each write",
      `pc: ${config}b0010000`,
      '| memory "config" at 0xb00: memory "config" maps it at 0xb0010000, rw',
      `| pci mmconfig at 0xb000_0: ${link}`,
    ]);
    expect(reached(pc, "device 01:1f.7")).to.deep.equal([`pc: ${config}b01ff000`]);
    expect(reached(pc, "device 02:00.0")).to.deep.equal([]);
    const mapped = (memory: string): readonly string[] =>
      reached(pc.replace(/memory "config".*/, memory), "device 00:02.0").slice(1);
    // Pages of the device are 0xb001_0000 and no others.
    expect(mapped("memory at 0xb000_f000 size 4K r")).to.deep.equal([]);
    expect(mapped("memory at 0xb001_0000 size 4K r")).to.deep.equal(["pc: its CPUs: r, at 0xb0010000"]);
    expect(mapped("memory at 0xb001_1000 size 4K r")).to.deep.equal([]);
  });

  it("is not who cannot: without configuration space, or where it is the hypervisor's own", () => {
    const without = pc.replace(/ {2}pci mmconfig.*\n/, "");
    expect(reached(without, "device 00:02.0")).to.deep.equal(["pc: its CPUs: rw"]);
    const board = `system board {
  architecture arm64
  cpus 0-1
  PCI
  memory at 0x8e0_0000 size 1M rw
}
`;
    const real = board.replace("PCI", "pci mmconfig at 0x8e0_0000 buses 0-0");
    const virtual = board.replace("PCI", "pci virtual mmconfig at 0x8e0_0000 domain 1");
    expect(reached(real, "device 00:01.0")).to.deep.equal(["board: its CPUs: rwx, at 0x8e08000"]);
    expect(reached(virtual, "device 00:01.0")).to.deep.equal([]);
  });

  it("is who has the ports of address and data", () => {
    const dialler = (ports: string, device = "00:05.0"): readonly string[] => {
      const text = `${pc.replace(/ {2}memory "config".*\n/, "")}cell dialler { cpus 3; ${ports} }\n`;
      return told(text, `device ${device}`).filter((line) => !line.startsWith("pc"));
    };
    const open = "ports 0xcf8-0xcff are open: the cell reaches every device, and nothing is checked";
    expect(dialler("ioports 0x10; ioports 0xcf8-0xcff")).to.deep.equal([
      "dialler: its CPUs: rw",
      `| ioports 0xcf8-0xcff: ${open}`,
    ]);
    expect(dialler("ioports 0xcf7; ioports 0xcf8-0xcfb; ioports 0xcff")).to.deep.equal([
      "dialler: its CPUs: rw",
      `| ioports 0xcf8-0xcfb: ${open}`,
    ]);
    expect(dialler("ioports 0xcf0-0xcf8; ioports 0xcf9-0xcfc")).to.deep.equal([
      "dialler: its CPUs: rw",
      `| ioports 0xcf0-0xcf8: ${open}`,
    ]);
    for (const few of [
      "0xcf8-0xcfb",
      "0xcf9-0xcff",
      "0xcfc-0xcff",
      "0xcf8-0xcfa, 0xcfc-0xcff",
      "0xcfb-0xcff",
    ])
      expect(dialler(`ioports ${few}`), few).to.deep.equal([]);
    expect(dialler("ioports 0xcf8-0xcfb; ioports 0xd00")).to.deep.equal([]);
    expect(dialler("ioports 0xcf8-0xcfc", "ff:1f.7")[0]).to.equal("dialler: its CPUs: rw");
  });

  it("is told with the bitmap where configs have one", () => {
    const old = `profile r10.1
system pc { architecture x86; cpus 0-1; ioports 0xcf8-0xcff }
`;
    expect(told(old, "device 00:05.0")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0xcf8-0xcff: ports 0xcf8-0xcff are open: the cell reaches every device, and nothing is checked",
    ]);
  });
});
