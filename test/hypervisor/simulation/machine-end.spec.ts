import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { HypervisorFault, MachineHang } from "../../../hypervisor/core/refusal.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import type { GuestCpu } from "../../../hypervisor/run/guest-cpu.js";
import { delay, relax, type Steps } from "../../../hypervisor/run/program.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { milliseconds, seconds } from "../run/cell-machine.js";

const profile = builtInProfiles.profile("r14.1");

function simulation(log: (line: string) => void = () => {}): X86Simulation {
  const system = baseConfigs().get("qemu-x86")!;
  const registry = x86Demos().add("silent", function* (): Steps {
    for (;;) yield delay(milliseconds);
  });
  registry.add("wrong", function* (cpu): Steps {
    yield relax;
    cpu.in8(-1);
  });
  const options = { machine: { vendor: "intel" as const }, log };
  const machine = new X86Simulation(readSystemConfig(system, profile), profile, registry, options);
  machine.driver.enable(system);
  return machine;
}

/** A cell with messages that runs a program. */
function begin({ driver }: X86Simulation, program: string): void {
  driver.createCell(baseConfigs().get("apic-demo")!);
  driver.loadCell({ id: 1, name: "" }, [{ bytes: imageOf(program), address: 0n }]);
  driver.startCell({ id: 1, name: "" });
}

const commands = [
  "enable qemu-x86.cell",
  "cell create tiny-demo.cell",
  "cell list",
  "cell start 1",
  "cell shutdown 1",
  "cell destroy 1",
  "console",
  "disable",
];

/** What each command says after the machine has hung. */
function hangsOf({ driver }: X86Simulation): readonly string[] {
  const host = {
    readFile: (path: string) => ({ bytes: baseConfigs().get(path.replace(".cell", ""))! }),
    writeFile: () => "Read-only file system",
    driver,
    version: "v0.12",
    extensions: new Set<never>(),
  };
  return commands.map((command) => {
    const { hang, stdout, stderr } = jailhouse(["jailhouse", ...command.split(" ")], host);
    return `${stdout}${stderr}${hang}`;
  });
}

describe("a machine that hangs while a program has it", () => {
  it("hangs for every later command", () => {
    const machine = simulation();
    begin(machine, "silent");
    machine.programs!.run(0, function* (cpu): Steps {
      yield relax;
      cpu.hypercall(4, 1);
    });
    expect(() => machine.run(100 * seconds)).to.throw(MachineHang);
    expect(machine.driver.end).to.be.instanceOf(MachineHang);
    const reason =
      'the root cell waits without a limit for an answer of cell "apic-demo" to message 1, and none comes';
    // The tool prints the heads of columns before it reads the first file.
    const heads =
      "ID      Name                    State             Assigned CPUs           Failed CPUs             \n";
    expect(hangsOf(machine)).to.deep.equal(
      commands.map((command) => (command === "cell list" ? `${heads}${reason}` : reason)),
    );
    expect(() => machine.run(seconds)).to.throw(MachineHang);
    expect(() => machine.driver.setCpuOnline(1, false)).to.throw(MachineHang);
  });

  it("hangs where the hypervisor gives up a CPU of Linux", () => {
    const machine = simulation();
    const { hypervisor } = machine.driver;
    hypervisor!.pci.commit = () => {
      throw new HypervisorFault(0);
    };
    const cell = Uint8Array.from(baseConfigs().get("tiny-demo")!);
    cell[40] = 1;
    machine.machine.memory.writeBytes(0x100_0000, cell);
    machine.programs!.run(0, function* (cpu): Steps {
      yield relax;
      cpu.hypercall(1, 0x100_0000);
    });
    expect(() => machine.run(seconds)).to.throw(MachineHang, /stopped CPU 0, which Linux runs on/);
    expect(hangsOf(machine)[0]).to.contain("stopped CPU 0");
  });

  it("hangs where one CPU of Linux alone wants to leave the hypervisor, unless there are cells", () => {
    const machine = simulation();
    const leaving = function* (cpu: GuestCpu): Steps {
      yield relax;
      answers.push(cpu.hypercall(0));
    };
    const answers: number[] = [];
    machine.driver.createCell(baseConfigs().get("tiny-demo")!);
    machine.programs!.run(1, leaving);
    machine.run(seconds);
    expect(answers).to.deep.equal([-16]);
    machine.driver.destroyCell({ id: 1, name: "" });
    machine.programs!.run(1, leaving);
    expect(() => machine.run(seconds)).to.throw(
      MachineHang,
      "CPU 1 waits in the hypervisor for the other CPUs",
    );
  });

  it("goes on after a mistake of a program, which the simulation tells", () => {
    const log: string[] = [];
    const machine = simulation((line) => log.push(line));
    begin(machine, "wrong");
    machine.run(seconds);
    expect(log).to.deep.equal([
      'the program on CPU 3 of cell "apic-demo" is over: ProgramMistake: port -1 is not a whole number from 0 to 0xffff',
    ]);
    expect(machine.driver.end).to.equal(null);
  });
});
