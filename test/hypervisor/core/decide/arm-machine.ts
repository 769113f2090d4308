import type { ArmGuestCpu } from "../../../../hypervisor/arm/arm-guest-cpu.js";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import type { Hypervisor } from "../../../../hypervisor/core/hypervisor.js";
import { armDemos, x86Demos } from "../../../../hypervisor/inmates/demos.js";
import { CpuParked, CpuStopped } from "../../../../hypervisor/run/program-end.js";
import { simulate } from "../../../../hypervisor/simulation/simulate.js";
import { systemFrom } from "../../../../hypervisor/simulation/simulated-system.js";
import type { Simulation } from "../../../../hypervisor/simulation/simulation.js";
import { jailhouse } from "../../../../hypervisor/tool/jailhouse.js";

/** An enabled machine of ARM with one cell, whose CPUs are used one access at a time. */
export class ArmMachine {
  readonly simulation: Simulation;
  private readonly files: ReadonlyMap<string, Uint8Array>;

  constructor(system: Uint8Array, cell: Uint8Array) {
    this.files = new Map([
      ["system.cell", system],
      ["cell.cell", cell],
    ]);
    this.simulation = simulate(systemFrom(system), { x86: x86Demos(), arm: armDemos() });
    this.command("enable", "system.cell");
    this.command("cell", "create", "cell.cell");
  }

  private command(...words: readonly string[]): void {
    const { exitCode, stderr } = jailhouse(["jailhouse", ...words], {
      readFile: (path) => ({ bytes: this.files.get(path)! }),
      writeFile: () => "Read-only file system",
      driver: this.simulation.driver,
      version: "v0.12",
      extensions: new Set(),
    });
    if (exitCode !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  }

  get hypervisor(): Hypervisor {
    return this.simulation.driver.hypervisor!;
  }

  /** All that is told of an action on a CPU. */
  violationsOf(id: number, action: (cpu: ArmGuestCpu) => void): readonly Violation[] {
    const { programs, violations } = this.simulation;
    const cpu = programs!.run(id, function* () {}) as ArmGuestCpu;
    violations.clear();
    try {
      action(cpu);
    } catch (error) {
      if (!(error instanceof CpuParked) && !(error instanceof CpuStopped)) throw error;
      const state = this.hypervisor.cpu(id);
      state.failed = false;
      state.stopped = false;
    }
    return [...violations.all];
  }
}
