import { expect } from "chai";
import { halt, relax, type Steps } from "../../../hypervisor/run/program.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, milliseconds } from "./cell-machine.js";

const vector = 0x30;
const x2apic = { spurious: 0x80f, end: 0x80b, command: 0x830 } as const;
const shorthands = { self: 0x4_0000n, all: 0x8_0000n, allOthers: 0xc_0000n } as const;
const logical = 0x800n;
const level = 0x4000n;

/** CPUs of upstream's cell of three, 1 to 3: each tells what reaches it; CPU 1 does something as soon as all wait. */
function heardBy(machine: CellMachine, action: (cpu: X86Cpu) => void): readonly string[] {
  const heard: string[] = [];
  machine.beginWith("smp-demo", function* (cpu): Steps {
    cpu.writeMsr(x2apic.spurious, 0x1ffn);
    cpu.onInterrupt = function* (interrupt): Steps {
      yield relax;
      heard.push(`${cpu.id}:${interrupt.toString(16)}`);
      cpu.writeMsr(x2apic.end, 0n);
    };
    cpu.interruptsEnabled = true;
    heard.push(`${cpu.id} begins`);
    yield relax;
    if (cpu.id === 1 && heard.filter((each) => each === "1 begins").length === 1) action(cpu);
    for (;;) yield halt;
  });
  machine.run(milliseconds);
  return heard.slice(3);
}

const command = (low: bigint, destination = 0): ((cpu: X86Cpu) => void) => {
  return (cpu) => cpu.writeMsr(x2apic.command, (BigInt(destination) << 32n) | low);
};

for (const [name, make] of [
  ["Intel", () => new CellMachine()],
  ["AMD", () => new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!)],
] as const) {
  describe(`interrupts between CPUs of a cell (${name})`, () => {
    it("reach the one that is named, or the sender", () => {
      expect(heardBy(make(), (cpu) => cpu.ipi(3, vector))).to.deep.equal(["3:30"]);
      expect(heardBy(make(), command(shorthands.self | BigInt(vector)))).to.deep.equal(["1:30"]);
    });

    it("reach all CPUs of the cell, with the sender or without it, and no other", () => {
      const machine = make();
      expect(heardBy(machine, command(shorthands.all | level | BigInt(vector)))).to.have.members([
        ...["1:30", "2:30", "3:30"],
      ]);
      expect(machine.devices.bus.of(0).pending).to.equal(null);
      expect(heardBy(make(), command(shorthands.allOthers | level | BigInt(vector)))).to.have.members([
        ...["2:30", "3:30"],
      ]);
    });

    it("reach a set of CPUs, as far as they are the cell's", () => {
      const machine = make();
      expect(heardBy(machine, command(logical | BigInt(vector), 0b1101))).to.deep.equal(["2:30", "3:30"]);
      expect(machine.takeConsole().at(-1)).to.equal(
        "WARNING: CPU 1 specified IPI destination outside cell boundaries, ICR.hi=d",
      );
    });

    it("reset a CPU, which begins anew with a start, and does not see a second one", () => {
      const machine = make();
      const heard = heardBy(machine, (cpu) => {
        command(0x600n | level, 2)(cpu);
        command(0x500n | level, 2)(cpu);
        command(0x600n | level, 2)(cpu);
        command(0x600n | level, 2)(cpu);
      });
      expect(heard).to.deep.equal(["2 begins"]);
      const starts = machine.takeConsole().filter((line) => line.includes("SIPI, vector 0"));
      expect(starts).to.deep.equal(["CPU 2 received SIPI, vector 0"]);
    });

    it("can reset the sender itself, which waits then", () => {
      const machine = make();
      const heard = heardBy(machine, command(0x500n | level, 1));
      expect(heard).to.deep.equal([]);
      expect(machine.hypervisor.cpu(1).failed).to.equal(false);
      expect(machine.scheduler.hasProgram(1)).to.equal(false);
    });
  });
}

describe("the page of the local APIC", () => {
  it("shows the CPU's own to read on AMD, without coming to the hypervisor, and is written through it", () => {
    const machine = new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);
    const seen: number[] = [];
    machine.beginWith("smp-demo", function* (cpu): Steps {
      yield relax;
      seen.push(cpu.read32(0xfee0_0020) >>> 24);
      cpu.write32(0xfee0_0080, 0x20);
      seen.push(cpu.read32(0xfee0_0080));
    });
    machine.run(milliseconds);
    expect(seen).to.deep.equal([1, 0x20, 2, 0x20, 3, 0x20]);
    expect(machine.hypervisor.cpu(2).counters[5]).to.equal(1);
  });

  it("comes to the hypervisor on Intel for reads, too", () => {
    const machine = new CellMachine({ vendor: "intel", usesX2apic: false });
    let id = 0;
    machine.beginWith("tiny-demo", function* (cpu): Steps {
      yield relax;
      id = cpu.read32(0xfee0_0020);
      // By two halves: the target first.
      cpu.writeMsr(x2apic.spurious, 0x1ffn);
      cpu.write32(0xfee0_0310, 2 << 24);
      cpu.write32(0xfee0_0300, vector);
    });
    machine.run(milliseconds);
    expect([id, machine.hypervisor.cpu(2).counters[5]]).to.deep.equal([2 << 24, 3]);
    expect(machine.devices.bus.of(2).pending).to.equal(vector);
  });
});
