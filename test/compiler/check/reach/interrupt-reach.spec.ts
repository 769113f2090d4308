import { expect } from "chai";
import { reached, told } from "./telling.js";

const pc = `system pc {
  architecture x86
  cpus 0-3
  irqchip first at 0xfec0_0000 id 0xff00 pins 0-10
  irqchip again at 0xfec0_0000 id 0xff00 pins 8-11
  irqchip second at 0xfec1_0000 id 0xff01 pins 4, 6-7
}
cell one {
  cpus 1
  irqchip at 0xfec0_0000 id 0xff00 pins 4-6
}
cell two {
  cpus 2
  irqchip at 0xfec0_0000 id 0xff00 pins 6, 20
  irqchip at 0xfec2_0000 id 0xff02 pins 5
}
`;

describe("who has pins of I/O APICs", () => {
  it("is the root cell until a cell lists them, chip by chip", () => {
    expect(reached(pc, "irq 3")).to.deep.equal(["pc: its CPUs: I/O APIC at 0xfec00000"]);
    expect(reached(pc, "irq 4")).to.deep.equal([
      "pc: its CPUs: I/O APIC at 0xfec10000",
      "one: its CPUs: I/O APIC at 0xfec00000",
      "pc -> one: interrupt 4",
    ]);
  });

  it("is all cells that list them, as none takes them from another", () => {
    expect(reached(pc, "irq 6")).to.deep.equal([
      "pc: its CPUs: I/O APIC at 0xfec10000",
      "one: its CPUs: I/O APIC at 0xfec00000",
      "two: its CPUs: I/O APIC at 0xfec00000",
      "pc -> one: interrupt 6",
      "pc -> two: interrupt 6",
    ]);
  });

  it("is told in runs", () => {
    expect(reached(pc, "irq 0-127")).to.deep.equal([
      "pc: its CPUs: interrupts 0-3, I/O APIC at 0xfec00000",
      "pc: its CPUs: interrupts 7-11, I/O APIC at 0xfec00000",
      "pc: its CPUs: interrupt 4, I/O APIC at 0xfec10000",
      "pc: its CPUs: interrupts 6-7, I/O APIC at 0xfec10000",
      "one: its CPUs: interrupts 4-6, I/O APIC at 0xfec00000",
      "two: its CPUs: interrupt 6, I/O APIC at 0xfec00000",
      "two: its CPUs: interrupt 20, I/O APIC at 0xfec00000",
      "two: its CPUs: interrupt 5, I/O APIC at 0xfec20000",
      "pc -> one: interrupts 4-6",
      "pc -> two: interrupt 6",
    ]);
    expect(reached(pc, "irq 20-21")).to.deep.equal(["two: its CPUs: interrupt 20, I/O APIC at 0xfec00000"]);
    expect(reached(pc, "irq 10-19")).to.deep.equal([
      "pc: its CPUs: interrupts 10-11, I/O APIC at 0xfec00000",
    ]);
  });

  it("follows from each element of the chip that lists one of them", () => {
    expect(told(pc, "irq 7")).to.deep.equal([
      "pc: its CPUs: I/O APIC at 0xfec00000",
      "| irqchip first at 0xfec0_: the bitmap of the chip lists it",
      "pc: its CPUs: I/O APIC at 0xfec10000",
      "| irqchip second at 0xfec1: the bitmap of the chip lists it",
    ]);
    expect(told(pc, "irq 8-9")).to.deep.equal([
      "pc: its CPUs: I/O APIC at 0xfec00000",
      "| irqchip first at 0xfec0_: the bitmap of the chip lists it",
      "| irqchip again at 0xfec0_: the bitmap of the chip lists it",
    ]);
    expect(told(pc, "irq 5").slice(-3)).to.deep.equal([
      "pc -> one: interrupt 5",
      "| irqchip first at 0xfec0_: the root cell lists it",
      '| irqchip at 0xfec0_0000 i: cell "one" takes it away',
    ]);
  });

  it("is no loss where the root cell never had them, or nobody knows the root cell", () => {
    expect(reached(pc, "irq 5").filter((line) => line.includes("->"))).to.deep.equal([
      "pc -> one: interrupt 5",
    ]);
    expect(reached(pc, "irq 4-5", { onlyCells: true })).to.deep.equal([
      "one: its CPUs: I/O APIC at 0xfec00000",
      "two: its CPUs: interrupt 5, I/O APIC at 0xfec20000",
    ]);
  });

  it("is the loss to those that list it, and no others", () => {
    const text = `${pc}cell three { cpus 3; irqchip at 0xfec0_0000 id 0xff00 pins 0 }\n`;
    expect(reached(text, "irq 0")).to.deep.equal([
      "three: its CPUs: I/O APIC at 0xfec00000",
      "pc -> three: interrupt 0",
    ]);
  });

  it("does not count pins behind all numbers", () => {
    const text = `system pc {
  architecture x86
  cpus 0-1
  irqchip at 0xfec0_0000 id 0 base 992 pins 993
  irqchip at 0xfec1_0000 id 1 base 1024 pins 1024
}
`;
    expect(reached(text, "irq 0-2000")).to.deep.equal([
      "pc: its CPUs: interrupt 993, I/O APIC at 0xfec00000",
    ]);
  });

  it("knows no lines of shared-memory devices, which have MSI-X there", () => {
    const text = `${pc.replace("cpus 1\n", "cpus 1\n  ivshmem 00:0e.0 { regions from 0; id 0; peers 2 }\n")}`;
    expect(reached(text, "irq 34")).to.deep.equal([]);
  });
});

const board = `system board {
  architecture arm64
  cpus 0-3
  gic v3 {
    gicd            0x800_0000
    gicr            0x80a_0000
    maintenance-irq 25
  }
  vpci-irq   128
  interrupts 32-159
  interrupts 170-180
}
cell demo {
  cpus 1
  vpci-irq 40
  irqchip at 0x800_0000 base 32 pins 40-42
  irqchip at 0x700_0000 base 32 pins 52
}
link net at 0x5000_0000 {
  device    00:01.0
  peers     root, demo
  shared    4K
  output    4K
  vectors   intx
}
link fast at 0x5001_0000 {
  device    00:02.0
  peers     root, demo
  shared    4K
  output    4K
  vectors   2
}
`;

describe("who has interrupts of a GIC", () => {
  it("is each cell for its own CPUs, the hypervisor's apart", () => {
    const expected = ["0-1: ", "2: board demo", "24: board demo", "25: ", "26: board demo", "31: board demo"];
    const found = expected.map((each) => {
      const [range] = each.split(":");
      return `${range}: ${reached(board, `irq ${range}`)
        .map((line) => line.split(":")[0])
        .join(" ")}`;
    });
    expect(found).to.deep.equal(expected);
    expect(reached(board, "irq 0-33").filter((line) => line.startsWith("demo"))).to.deep.equal([
      "demo: its CPUs: interrupts 2-24, GIC at 0x8000000",
      "demo: its CPUs: interrupts 26-31, GIC at 0x8000000",
    ]);
  });

  it("is told with both reasons where they touch", () => {
    expect(told(board, "irq 31-32")).to.deep.equal([
      "board: its CPUs: GIC at 0x8000000",
      "| system board: interrupts 0-31 are those of each CPU itself: every cell has its own",
      "| interrupts 32-159: the bitmap of the chip lists it",
      "demo: its CPUs: interrupt 31, GIC at 0x8000000",
      "| cell demo: interrupts 0-31 are those of each CPU itself: every cell has its own",
    ]);
    expect(told(board, "irq 32")).to.deep.equal([
      "board: its CPUs: GIC at 0x8000000",
      "| interrupts 32-159: the bitmap of the chip lists it",
    ]);
  });

  it("is the cell that lists them at the GIC's own address", () => {
    expect(reached(board, "irq 40-42")).to.deep.equal([
      "demo: its CPUs: GIC at 0x8000000",
      "demo: its CPUs: interrupt 41, GIC at 0x8000000",
      "board -> demo: interrupts 40-42",
    ]);
    expect(reached(board, "irq 52")).to.deep.equal(["board: its CPUs: GIC at 0x8000000"]);
    expect(reached(board, "irq 160-400")).to.deep.equal([
      "board: its CPUs: interrupts 170-180, GIC at 0x8000000",
    ]);
  });

  it("is besides who has a shared-memory device without MSI-X, from the cell's base", () => {
    expect(told(board, "irq 41").slice(0, 4)).to.deep.equal([
      "demo: its CPUs: GIC at 0x8000000",
      "| irqchip at 0x800_0000 ba: the bitmap of the chip lists it",
      "demo: its CPUs: GIC at 0x8000000",
      "| link net at 0x5000_0000: link net (00:01.0) raises it",
    ]);
    expect(reached(board, "irq 129")).to.deep.equal([
      "board: its CPUs: GIC at 0x8000000",
      "board: its CPUs: GIC at 0x8000000",
    ]);
  });

  it("goes by the address of each chip before configs said where the GIC is", () => {
    const old = board
      .replace(/gic v3 \{[^}]*\}/, "")
      .replace(/link[\s\S]*/, "")
      .replaceAll(/ *vpci-irq.*\n/g, "");
    const text = old
      .replaceAll("interrupts 32-159", "irqchip at 0x800_0000 base 32 pins 32-72")
      .replace(/interrupts 170.*\n/, "");
    expect(reached(text, "irq 40")).to.deep.equal([
      "demo: its CPUs: GIC at 0x8000000",
      "board -> demo: interrupt 40",
    ]);
    expect(reached(text, "irq 52")).to.deep.equal([
      "board: its CPUs: GIC at 0x8000000",
      "demo: its CPUs: GIC at 0x7000000",
    ]);
  });

  it("does not count interrupts that the GIC has not, which the hypervisor refuses", () => {
    const text = board.replace(
      "interrupts 170-180",
      "irqchip at 0x800_0000 base 1024 pins 1024\n  irqchip at 0x800_0000 base 992 pins 993",
    );
    expect(reached(text, "irq 900-2000")).to.deep.equal(["board: its CPUs: interrupt 993, GIC at 0x8000000"]);
  });
});

describe("who had lines that each have an entry of their own", () => {
  const text = `profile r0.5
system pc { architecture x86; cpus 0-1; irq-line 4 chip 0; irq-line 5 chip 1 }
cell demo { cpus 1; irq-line 5 chip 0 }
`;

  it("is the cell of the entry", () => {
    expect(told(text, "irq 5")).to.deep.equal([
      "pc: its CPUs: chip 1",
      "| irq-line 5 chip 1: the line is the cell's",
      "demo: its CPUs: chip 0",
      "| irq-line 5 chip 0: the line is the cell's",
    ]);
    expect(reached(text, "irq 3-4")).to.deep.equal(["pc: its CPUs: interrupt 4, chip 0"]);
    expect(reached(text, "irq 6")).to.deep.equal([]);
  });
});
