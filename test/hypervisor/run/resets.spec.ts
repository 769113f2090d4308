import { expect } from "chai";
import { hypercalls } from "../../../hypervisor/core/hypercall.js";
import { halt, relax, type Steps } from "../../../hypervisor/run/program.js";
import type { X86 } from "../../../hypervisor/x86/x86.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, milliseconds } from "./cell-machine.js";

const command = 0x830;
const init = 0x4500n;
const sipi = 0x4600n;
const allOthers = 0xc_0000n;
const logical = 0x800n;

function waits(machine: CellMachine, cpu: number): boolean {
  return (machine.hypervisor.architecture as X86).starts.waits(machine.hypervisor.cpu(cpu));
}

/** CPUs 1 to 3 of a cell note how far they come; CPU 1 acts once, as soon as the others wait. */
function play(machine: CellMachine, action: (cpu: X86Cpu) => void): { readonly id: number; steps: string[] } {
  const steps: string[] = [];
  let hasActed = false;
  const id = machine.beginWith("smp-demo", function* (cpu): Steps {
    steps.push(`${cpu.id} begins`);
    yield relax;
    if (cpu.id === 1 && !hasActed) {
      hasActed = true;
      action(cpu);
      steps.push("1 goes on");
    }
    for (;;) yield halt;
  });
  machine.run(milliseconds);
  return { id, steps: steps.slice(3) };
}

const send = (low: bigint, destination = 0) => {
  return (cpu: X86Cpu): void => cpu.writeMsr(command, (BigInt(destination) << 32n) | low);
};

for (const [name, make] of [
  ["Intel", () => new CellMachine()],
  ["AMD", () => new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!)],
] as const) {
  describe(`resets that CPUs of a cell send (${name})`, () => {
    it("stop another CPU, which a start brings back, and the sender goes on", () => {
      const machine = make();
      expect(play(machine, send(init, 3)).steps).to.deep.equal(["1 goes on"]);
      expect([1, 2, 3].map((cpu) => waits(machine, cpu))).to.deep.equal([false, false, true]);
      const other = make();
      const reset = (cpu: X86Cpu): void => {
        send(init, 3)(cpu);
        send(sipi | 0xffn, 3)(cpu);
      };
      play(other, reset);
      expect(other.takeConsole()).to.include("CPU 3 received SIPI, vector ff");
    });

    it("change nothing for a CPU that is parked, and the sender goes on", () => {
      const machine = make();
      const { steps } = play(machine, (cpu) => {
        machine.hypervisor.architecture.parkFailed(machine.hypervisor.cpu(3));
        send(init, 3)(cpu);
      });
      expect(steps).to.deep.equal(["1 goes on"]);
    });

    it("never come to a CPU that the hypervisor has given up: the sender stays in the hypervisor", () => {
      const machine = make();
      machine.takeConsole();
      const { id, steps } = play(machine, (cpu) => {
        machine.hypervisor.cpu(2).stopped = true;
        // To all others: nothing is sent to the one behind it.
        send(init | allOthers)(cpu);
      });
      expect(steps).to.deep.equal([]);
      expect(machine.hypervisor.cpu(1)).to.include({ failed: false, stopped: false });
      expect(machine.call(hypercalls.cellGetState, id)).to.equal(0);
      // A new start of the cell is told, but only the third CPU comes to run anything.
      machine.takeConsole();
      expect(machine.start(id)).to.equal(0);
      machine.run(milliseconds);
      expect(machine.takeConsole()).to.deep.equal([
        'Started cell "smp-demo"',
        "CPU 1 received SIPI, vector 100",
        "CPU 3 received SIPI, vector 100",
      ]);
      expect(steps).to.deep.equal([]);
    });

    it("stop the sender that names itself", () => {
      const machine = make();
      expect(play(machine, send(init, 1)).steps).to.deep.equal([]);
      expect(machine.hypervisor.cpu(1).failed).to.equal(false);
    });
  });
}

describe("a reset of several CPUs", () => {
  it("goes to all of them, the sender too, which stops only then", () => {
    const machine = new CellMachine({ vendor: "intel", usesX2apic: true });
    const { steps } = play(machine, send(init | logical, 0b1010));
    expect(steps).to.deep.equal([]);
    expect([1, 2, 3].map((cpu) => waits(machine, cpu))).to.deep.equal([true, false, true]);
  });
});
