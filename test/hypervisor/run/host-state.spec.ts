import { expect } from "chai";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import { relax, type Steps } from "../../../hypervisor/run/program.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, milliseconds } from "./cell-machine.js";

const hostSaveArea = 0xc001_0117;
/** Where the hypervisor is in this machine. */
const machineStart = 0x3a00_0000;

function play(action: (cpu: X86Cpu, steps: string[]) => void): {
  readonly machine: CellMachine;
  readonly id: number;
  readonly steps: readonly string[];
} {
  const machine = new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);
  const steps: string[] = [];
  const id = machine.beginWith("tiny-demo", function* (cpu): Steps {
    yield relax;
    action(cpu, steps);
    steps.push("goes on");
  });
  machine.run(milliseconds);
  return { machine, id, steps };
}

describe("a cell that moves the processor's save area for the host's state", () => {
  it("runs on until it comes to the hypervisor, and is gone then without a word", () => {
    const { machine, steps } = play((cpu, seen) => {
      cpu.writeMsr(hostSaveArea, 0n);
      seen.push("survived");
      cpu.write32(0x1000, 1);
      cpu.in8(0x2f8);
      seen.push("and its memory");
      cpu.cpuid(0);
    });
    expect(steps).to.deep.equal(["survived", "and its memory"]);
    expect(machine.hypervisor.cpu(2)).to.include({ stopped: true, failed: false });
    expect(machine.takeConsole().at(-1)).to.equal("CPU 2 received SIPI, vector 100");
  });

  it("lets the machine hang with the next command that stops its CPU, and says why", () => {
    const { machine, id } = play((cpu) => cpu.writeMsr(hostSaveArea, 0x1000n));
    expect(() => machine.destroy(id))
      .to.throw(MachineHang)
      .with.property(
        "reason",
        "CPU 2 is waited for: its cell has moved VM_HSAVE_PA to 0x1000, where no host's state is",
      );
  });

  it("does no harm if it puts it back in time, or to where it is", () => {
    const { machine, id, steps } = play((cpu) => {
      const own = cpu.readMsr(hostSaveArea);
      expect(own).to.equal(BigInt(machineStart + 0x22_d000 + 2 * 0x6000 + 0x3000));
      cpu.writeMsr(hostSaveArea, 0x1000n);
      cpu.writeMsr(hostSaveArea, own);
      cpu.cpuid(0);
    });
    expect(steps).to.deep.equal(["goes on"]);
    expect(machine.destroy(id)).to.equal(0);
  });

  it("faults itself for what is no page", () => {
    const { machine, steps } = play((cpu) => cpu.writeMsr(hostSaveArea, 0x1001n));
    expect(steps).to.deep.equal([]);
    expect(machine.hypervisor.cpu(2).failed).to.equal(true);
  });
});
