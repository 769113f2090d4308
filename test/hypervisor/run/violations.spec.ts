import { expect } from "chai";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, changed, doing, milliseconds } from "./cell-machine.js";

type Make = () => CellMachine;

const intel: Make = () => new CellMachine();
const intelByMemory: Make = () => new CellMachine({ vendor: "intel", usesX2apic: false });
const amd: Make = () => new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);

const failed = 3;
const running = 0;

/** What the hypervisor prints of a program without registers, and that it parks the CPU. */
const end = [
  "RIP: 0x0000000000000000 RSP: 0x0000000000000000 FLAGS: 2",
  "RAX: 0x0000000000000000 RBX: 0x0000000000000000 RCX: 0x0000000000000000",
  "RDX: 0x0000000000000000 RSI: 0x0000000000000000 RDI: 0x0000000000000000",
  "CS: 0 BASE: 0x0000000000000000 AR-BYTES: 9b EFER.LMA 0",
  "CR0: 0x0000000000000010 CR3: 0x0000000000000000 CR4: 0x0000000000000000",
  "EFER: 0x0000000000000000",
  'Parking CPU 2 (Cell: "tiny-demo")',
];

interface Outcome {
  readonly lines: readonly string[];
  readonly state: number;
  /** The program came behind what it did. */
  readonly wentOn: boolean;
}

/** What comes of an action in upstream's tiny cell. */
function outcomeOf(make: Make, action: (cpu: X86Cpu) => void): Outcome {
  const machine = make();
  let wentOn = false;
  const id = machine.beginWith(
    "tiny-demo",
    doing((cpu) => {
      action(cpu);
      wentOn = true;
    }),
  );
  machine.takeConsole();
  machine.run(milliseconds);
  return { lines: machine.takeConsole(), state: machine.stateOf(id), wentOn };
}

interface Case {
  readonly name: string;
  readonly make: Make;
  readonly action: (cpu: X86Cpu) => void;
  /** Before the registers. */
  readonly lines: readonly string[];
}

const noExit = "exitinfo1 0x0000000000000000 exitinfo2 0x0000000000000000";

const forbidden: readonly Case[] = [
  {
    name: "reading memory that the cell does not have",
    make: intel,
    action: (cpu) => cpu.read32(0x30_0000),
    lines: ["FATAL: Invalid MMIO/RAM read, addr: 0x0000000000300000 size: 4"],
  },
  {
    name: "writing eight bytes of the hypervisor's memory",
    make: amd,
    action: (cpu) => cpu.write64(0x3a00_0000, 1n),
    lines: ["FATAL: Invalid MMIO/RAM write, addr: 0x000000003a000000 size: 8"],
  },
  {
    name: "looking at an I/O APIC of others",
    make: amd,
    action: (cpu) => cpu.read32(0xfec0_0000),
    lines: ["FATAL: Invalid MMIO/RAM read, addr: 0x00000000fec00000 size: 4"],
  },
  {
    name: "writing to a device of others by MMCONFIG",
    make: amd,
    action: (cpu) => cpu.write32(0xb000_0000 + (0xd8 << 12) + 4, 0),
    lines: ["FATAL: Invalid PCI MMCONFIG write, device 00:1b.0, reg: 0x4, size: 4"],
  },
  {
    name: "reading a port of others",
    make: intel,
    action: (cpu) => cpu.in8(0x60),
    lines: ["FATAL: Invalid PIO read, port: 60 size: 1"],
  },
  {
    name: "resetting the machine",
    make: amd,
    action: (cpu) => cpu.out8(0xcf9, 6),
    lines: ["FATAL: Invalid PIO write, port: cf9 size: 1"],
  },
  {
    name: "reading a port beyond the cell's own",
    make: amd,
    action: (cpu) => cpu.in16(0x3ff),
    lines: ["FATAL: Invalid PIO read, port: 3ff size: 2"],
  },
  {
    name: "reading the port behind the timer",
    make: amd,
    action: (cpu) => cpu.in32(0x60c),
    lines: ["FATAL: Invalid PIO read, port: 60c size: 4"],
  },
  {
    name: "reading beyond the data ports of PCI",
    make: amd,
    action: (cpu) => cpu.in32(0xcfd),
    lines: ["FATAL: Invalid PCI config read, port: 0xcfd, size: 4"],
  },
  {
    name: "writing to a device of others by ports",
    make: intel,
    action: (cpu) => cpu.pciWrite(0xd8, 4, 2, 0),
    lines: ["FATAL: Invalid PCI config write, device 00:1b.0, reg: 0x4, size: 2"],
  },
  {
    name: "writing an MTRR",
    make: amd,
    action: (cpu) => cpu.writeMsr(0x200, 0n),
    lines: ["FATAL: Unhandled MSR write: 200"],
  },
  {
    name: "writing a register beyond all bitmaps",
    make: amd,
    action: (cpu) => cpu.writeMsr(0x12345, 0n),
    lines: ["FATAL: Unhandled MSR write: 12345"],
  },
  {
    name: "reading a register of AMD on Intel",
    make: intel,
    action: (cpu) => cpu.readMsr(0xc001_0114),
    lines: ["FATAL: Unhandled MSR read: c0010114"],
  },
  {
    name: "moving the local APIC",
    make: intel,
    action: (cpu) => cpu.writeMsr(0x1b, 0xfee0_0800n),
    lines: ["FATAL: Unhandled MSR write: 1b"],
  },
  {
    name: "a PAT with a type that is reserved",
    make: amd,
    action: (cpu) => cpu.writeMsr(0x277, 0x20_7040_6000_70406n),
    lines: ["FATAL: Invalid PAT value: 207040600070406"],
  },
  {
    name: "sending INIT to everyone",
    make: amd,
    action: (cpu) => cpu.writeMsr(0x830, 0x8_0500n),
    lines: ["FATAL: Unsupported/invalid APIC delivery mode, ICR.lo=80500"],
  },
  {
    name: "sending SMIs",
    make: intel,
    action: (cpu) => cpu.writeMsr(0x830, 0x200n),
    lines: ["FATAL: Unsupported/invalid APIC delivery mode, ICR.lo=200"],
  },
  {
    name: "reserved bits of a command",
    make: intel,
    action: (cpu) => cpu.writeMsr(0x830, 0x1000n),
    lines: ["FATAL: Trying to set reserved APIC bits (reg 30, value 00001000)"],
  },
  {
    name: "a pin that would send SMIs",
    make: amd,
    action: (cpu) => cpu.writeMsr(0x835, 0x200n),
    lines: ["FATAL: Setting invalid LVT delivery mode (reg 35, value 00000200)"],
  },
  {
    name: "another logical id, by memory",
    make: amd,
    action: (cpu) => cpu.write32(0xfee0_00d0, 0x100_0000),
    lines: [
      "FATAL: Unsupported change to LDR: 1000000",
      "FATAL: Unhandled APIC access, offset 208, is_write: 1",
    ],
  },
  {
    name: "another format of destinations, by memory",
    make: intelByMemory,
    action: (cpu) => cpu.write32(0xfee0_00e0, 0x0fff_ffff),
    lines: ["FATAL: Unsupported change to DFR: fffffff", "FATAL: Unhandled APIC access, qualification 10e0"],
  },
  {
    name: "one byte of a register of the local APIC",
    make: intelByMemory,
    action: (cpu) => cpu.read8(0xfee0_0020),
    lines: ["FATAL: Unsupported APIC access width 1", "FATAL: Unhandled APIC access, qualification 20"],
  },
  {
    name: "the space between two registers of the local APIC",
    make: intelByMemory,
    action: (cpu) => cpu.read32(0xfee0_0024),
    lines: ["FATAL: Unhandled APIC access, qualification 24"],
  },
  {
    name: "the page of the local APIC in x2APIC mode",
    make: intel,
    action: (cpu) => cpu.write32(0xfee0_00b0, 0),
    lines: ["FATAL: xAPIC access in x2APIC mode", "FATAL: Unhandled APIC access, qualification 10b0"],
  },
  {
    name: "state components that the processor does not have",
    make: intel,
    action: (cpu) => cpu.control.writeXcr(0, 0, 7),
    lines: ["FATAL: Invalid xsetbv parameters: xcr[0] = 00000000:00000007"],
  },
  {
    name: "a fault without a handler on Intel",
    make: intel,
    action: (cpu) => cpu.fault(),
    lines: ["FATAL: Unhandled VM-Exit, reason 2", "qualification 0", "vectoring info: 0 interrupt info: 0"],
  },
  {
    name: "a fault without a handler on AMD",
    make: amd,
    action: (cpu) => cpu.fault(),
    lines: [`FATAL: Unexpected #VMEXIT, exitcode 7f, ${noExit}`],
  },
];

describe("what a cell may not do parks its CPU", () => {
  for (const { name, make, action, lines } of forbidden) {
    it(name, () => {
      expect(outcomeOf(make, action)).to.deep.equal({
        lines: [...lines, ...end],
        state: failed,
        wentOn: false,
      });
    });
  }
});

const allowed: readonly Case[] = [
  { name: "the port for delays", make: amd, action: (cpu) => cpu.out8(0x80, 1), lines: [] },
  {
    name: "an interrupt to CPUs of others",
    make: amd,
    action: (cpu) => cpu.ipi(0, 0x30),
    lines: ["WARNING: CPU 2 specified IPI destination outside cell boundaries, ICR.hi=0"],
  },
  {
    name: "an interrupt to an APIC id that no CPU has",
    make: intel,
    action: (cpu) => cpu.ipi(300, 0x30),
    lines: ["WARNING: CPU 2 specified IPI destination outside cell boundaries, ICR.hi=12c"],
  },
  {
    name: "logical destinations: each one that is not the cell's",
    make: intel,
    action: (cpu) => cpu.writeMsr(0x830, (0xdn << 32n) | 0x830n),
    lines: [
      "WARNING: CPU 2 specified IPI destination outside cell boundaries, ICR.hi=d",
      "WARNING: CPU 2 specified IPI destination outside cell boundaries, ICR.hi=d",
    ],
  },
  {
    name: "an NMI to itself",
    make: intel,
    action: (cpu) => cpu.writeMsr(0x830, (2n << 32n) | 0x400n),
    lines: ["Ignoring NMI IPI to CPU 2"],
  },
  {
    name: "an interrupt to itself by the register of x2APIC, where that is emulated",
    make: intelByMemory,
    action: (cpu) => cpu.writeMsr(0x83f, 0n),
    lines: ["Unhandled x2APIC self IPI write"],
  },
  {
    name: "a hypercall that does not exist",
    make: intel,
    action: (cpu) => expect(cpu.hypercall(9)).to.equal(-38),
    lines: ["CPU 2: Unknown hypercall 9, RIP: 0x0000000000000000"],
  },
  {
    name: "hypercalls of the root cell",
    make: intel,
    action: (cpu) =>
      expect([0, 1, 2, 3, 4, 6].map((code) => cpu.hypercall(code))).to.deep.equal(Array(6).fill(-1)),
    lines: [],
  },
];

describe("what a cell may do, but without an effect", () => {
  for (const { name, make, action, lines } of allowed) {
    it(name, () => {
      expect(outcomeOf(make, action)).to.deep.equal({ lines, state: running, wentOn: true });
    });
  }
});

describe("a CPU that has been parked", () => {
  it("leaves other cells running, and its own memory as it was", () => {
    const machine = new CellMachine();
    const id = machine.beginWith(
      "tiny-demo",
      doing((cpu) => {
        cpu.write32(0x8000, 0x1234_5678);
        cpu.in8(0x60);
        cpu.write32(0x8000, 0);
      }),
    );
    machine.begin("apic-demo", "apic-demo");
    machine.run(1000 * milliseconds);
    expect(machine.stateOf(id)).to.equal(failed);
    expect(machine.takeLines().filter((line) => line.startsWith("Timer fired"))).to.have.length(10);
    expect(machine.machine.memory.read(0x3ee0_8000, 4)).to.equal(0x1234_5678n);
  });

  it("runs its program anew when the cell is started again", () => {
    const machine = new CellMachine();
    let runs = 0;
    const id = machine.beginWith(
      "tiny-demo",
      doing((cpu) => {
        runs++;
        if (runs === 1) cpu.in8(0x60);
      }),
    );
    machine.run(milliseconds);
    expect([runs, machine.stateOf(id)]).to.deep.equal([1, failed]);
    expect(machine.start(id)).to.equal(0);
    machine.run(milliseconds);
    expect([runs, machine.stateOf(id)]).to.deep.equal([2, running]);
  });

  it("does not fail a cell that has another one", () => {
    const machine = new CellMachine();
    const id = machine.beginWith(
      "smp-demo",
      doing((cpu) => {
        if (cpu.id === 2) cpu.in8(0x60);
      }),
    );
    machine.run(milliseconds);
    expect(machine.stateOf(id)).to.equal(running);
    expect(machine.takeConsole().at(-1)).to.equal('Parking CPU 2 (Cell: "smp-demo")');
  });

  it("is lost for the root cell, too", () => {
    const machine = new CellMachine();
    machine.programs.run(
      1,
      doing((cpu) => cpu.in8(0x3f8)),
    );
    machine.run(milliseconds);
    expect(machine.takeConsole().slice(0, 1)).to.deep.equal(["FATAL: Invalid PIO read, port: 3f8 size: 1"]);
    expect(machine.hypervisor.cpu(1).failed).to.equal(true);
  });
});

describe("a cell without anything to run", () => {
  it("waits, and the simulation says why", () => {
    const machine = new CellMachine();
    const id = machine.create("tiny-demo");
    machine.load(id, Uint8Array.from([0xfa, 0xf4]));
    machine.start(id);
    machine.load(id, new TextEncoder().encode("cellc inmate nobody\n"));
    machine.start(id);
    machine.run(milliseconds);
    expect(machine.log).to.deep.equal([
      'CPU 2 of cell "tiny-demo" waits: the image is machine code, which the simulator does not run',
      'CPU 2 of cell "tiny-demo" waits: there is no program "nobody"',
    ]);
    expect(machine.stateOf(id)).to.equal(running);
  });

  it("is parked where its memory ends", () => {
    const machine = new CellMachine();
    const beyond = changed("tiny-demo", (view) => view.setBigUint64(84, 0x40_0000n, true));
    const id = machine.create(beyond);
    machine.load(id, new Uint8Array(1));
    machine.start(id);
    machine.takeConsole();
    machine.run(milliseconds);
    expect(machine.takeConsole()).to.deep.equal([
      "FATAL: unable to get MMIO instruction",
      "FATAL: Invalid MMIO/RAM read, addr: 0x0000000000400000 size: 0",
      ...end,
    ]);
    expect(machine.stateOf(id)).to.equal(failed);
  });
});
