import { expect } from "chai";
import { reached, told } from "./telling.js";

const pc = `system pc {
  architecture x86
  cpus 0-3
  x86 { pm-timer 0x608 }
  ioports 0x40-0x43
  ioports 0x60-0x64
  ioports 0x80
  ioports 0x3f8-0x3ff
}
cell one {
  cpus 1
  ioports 0x41
  ioports 0x3f8-0x3fb
}
cell two {
  cpus 2
  ioports 0x64
  ioports 0x3fa-0x3fb, 0x3fe
}
`;

describe("who reaches ports", () => {
  it("is the root cell until a cell lists them, and then each cell that does", () => {
    expect(reached(pc, "port 0x40-0x43")).to.deep.equal([
      "pc: its CPUs: port 0x40, rw",
      "pc: its CPUs: ports 0x42-0x43, rw",
      "one: its CPUs: port 0x41, rw",
      "pc -> one: port 0x41",
    ]);
    expect(reached(pc, "port 0x3f0-0x400")).to.deep.equal([
      "pc: its CPUs: ports 0x3fc-0x3fd, rw",
      "pc: its CPUs: port 0x3ff, rw",
      "one: its CPUs: ports 0x3f8-0x3fb, rw",
      "two: its CPUs: ports 0x3fa-0x3fb, rw",
      "two: its CPUs: port 0x3fe, rw",
      "pc -> one: ports 0x3f8-0x3fb",
      "pc -> two: ports 0x3fa-0x3fb",
    ]);
    expect(reached(pc, "port 0x81")).to.deep.equal([]);
  });

  it("says which entries, no others", () => {
    expect(told(pc, "port 0x80")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0x80: port 0x80 is the cell's",
    ]);
    expect(told(pc, "port 0x42")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0x40-0x43: ports 0x40-0x43 are the cell's",
    ]);
    expect(told(pc, "port 0x41").slice(-3)).to.deep.equal([
      "pc -> one: port 0x41",
      "| ioports 0x40-0x43: the root cell lists it",
      '| ioports 0x41: cell "one" takes it away',
    ]);
  });

  it("tells the first ports that are lost, one after the other", () => {
    expect(reached(pc, "port 0x3fc-0x3ff").slice(-1)).to.deep.equal(["pc -> two: port 0x3fe"]);
    expect(reached(pc, "port 0x3fb-0x3fd").filter((line) => line.includes("->"))).to.deep.equal([
      "pc -> one: port 0x3fb",
      "pc -> two: port 0x3fb",
    ]);
  });

  it("is by way of the hypervisor for the command port of the keyboard controller, for each cell that lists it", () => {
    expect(told(pc, "port 0x63-0x64")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0x60-0x64: ports 0x60-0x64 are the cell's",
      "| ioports 0x60-0x64: port 0x64 goes through the hypervisor, which lets no reset through",
      "two: its CPUs: port 0x64, rw",
      "| ioports 0x64: port 0x64 is the cell's",
      "| ioports 0x64: port 0x64 goes through the hypervisor, which lets no reset through",
    ]);
    expect(told(pc, "port 0x63")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0x60-0x64: ports 0x60-0x64 are the cell's",
    ]);
    const behind = pc.replace("ioports 0x80", "ioports 0x65-0x66");
    expect(told(behind, "port 0x65")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0x65-0x66: ports 0x65-0x66 are the cell's",
    ]);
    expect(told(behind, "port 0x64-0x65").filter((line) => line.includes("hypervisor"))).to.have.length(2);
    expect(reached(pc.replace("0x60-0x64", "0x60-0x63"), "port 0x64")).to.deep.equal(["two: its CPUs: rw"]);
  });

  it("is everybody for the four ports of the power-management timer", () => {
    const timer = "| 0x608: every cell may use the power-management timer";
    expect(reached(pc, "port 0x607")).to.deep.equal([]);
    expect(reached(pc, "port 0x60c")).to.deep.equal([]);
    expect(reached(pc, "port 0x600-0x610")).to.deep.equal(
      ["pc", "one", "two"].map((cell) => `${cell}: its CPUs: ports 0x608-0x60b, rw`),
    );
    expect(
      told(pc, "port 0x60b").map((line) => line.replace(/^\| .*: every/, "| 0x608: every")),
    ).to.deep.equal(["pc", "one", "two"].flatMap((cell) => [`${cell}: its CPUs: rw`, timer]));
    const beside = pc.replace("ioports 0x80", "ioports 0x604-0x607, 0x60c");
    expect(told(beside, "port 0x607").length).to.equal(2);
    expect(told(beside, "port 0x60c").length).to.equal(2);
    const last = pc.replace("0x608", "0xffff");
    expect(reached(last, "port 0xfffe-0xffff")[0]).to.equal("pc: its CPUs: port 0xffff, rw");
    const none = pc.replace("pm-timer 0x608", "pm-timer 0").replace("ioports 0x80", "ioports 0-3");
    expect(told(none, "port 0-3")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 0-3: ports 0x0-0x3 are the cell's",
    ]);
    expect(reached(pc.replace("pm-timer 0x608", "pm-timer 0"), "port 0-3")).to.deep.equal([]);
  });

  it("names eight entries of many", () => {
    const many = pc.replace(
      "ioports 0x80",
      `${Array.from({ length: 10 }, (_, index) => `ioports ${0x900 + index}`).join("\n  ")}\n  pio_regions { base = 0x905 }`,
    );
    const lines = told(many, "port 0x900-0x909");
    expect(lines[0]).to.equal("pc: its CPUs: rw");
    expect(lines.slice(1)).to.deep.equal(
      Array.from({ length: 8 }, (_, index) => `| ioports ${0x900 + index}: port 0x90${index} is the cell's`),
    );
    expect(told(many, "port 0x905")).to.deep.equal([
      "pc: its CPUs: rw",
      "| ioports 2309: port 0x905 is the cell's",
    ]);
    expect(told(many, "port 0x904-0x905").slice(1)).to.deep.equal([
      "| ioports 2308: port 0x904 is the cell's",
      "| ioports 2309: port 0x905 is the cell's",
    ]);
  });

  it("follows from the bitmap of configs that have one", () => {
    const old = `profile r10.1
system pc { architecture x86; cpus 0-1; ioports 0x40-0x43; ioports 0x60-0x64 }
cell demo { cpus 1; ioports 0x41 }
`;
    expect(told(old, "port 0x41-0x42")).to.deep.equal(
      [
        "pc: its CPUs: port 0x42, rw",
        "| ioports 0x60-0x64: the port bitmap allows it",
        "demo: its CPUs: port 0x41, rw",
        "| ioports 0x41: the port bitmap allows it",
        "pc -> demo: port 0x41",
        "| ioports 0x60-0x64: the root cell lists it",
        '| ioports 0x41: cell "demo" takes it away',
      ].map((line) => line),
    );
    expect(reached(old, "port 0x44")).to.deep.equal([]);
  });

  it("does not follow from a bitmap that has only ports beside", () => {
    const old = `profile r10.1
system pc { architecture x86; cpus 0; x86 { pm-timer 0x608 }; ioports 0x607; ioports 0x60c }
`;
    const lines = told(old, "port 0x608-0x60b");
    expect(lines).to.have.length(2);
    expect(lines[1]).to.contain("every cell may use the power-management timer");
  });

  it("is nobody on machines without ports", () => {
    const board =
      "system board { architecture arm64; cpus 0-1; pio_regions { base = 0x60; length = 8 } }\ncell demo { cpus 1 }\n";
    expect(reached(board, "port 0x60-0x3ff")).to.deep.equal([]);
    expect(reached(pc, "port 0x41", { onlyCells: true })).to.deep.equal(["one: its CPUs: rw"]);
    expect(reached(pc, "port 0-0x10", { onlyCells: true })).to.deep.equal([]);
  });
});
