import type { Profile } from "../../schema/layout/types.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import { JailhouseDriver } from "../driver/driver.js";
import { type KernelSettings, usualKernel } from "../driver/kernel.js";
import type { Machine } from "../machine/machine.js";
import type { ProgramRegistry } from "../run/program-registry.js";
import { Scheduler } from "../run/scheduler.js";
import { X86 } from "../x86/x86.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { X86Devices } from "../x86/x86-devices.js";
import { X86Programs } from "../x86/x86-programs.js";
import { deriveMachine, type MachineOptions } from "./derive-machine.js";

export interface X86SimulationOptions {
  readonly machine?: MachineOptions;
  readonly kernel?: Partial<KernelSettings>;
  readonly traceErrors?: boolean;
  /** What no real machine would say: why a CPU of a cell runs nothing. */
  readonly log?: (line: string) => void;
}

/** An x86 machine with its driver, whose cells run programs. Time passes only where it is let pass, by its scheduler. */
export class X86Simulation {
  readonly machine: Machine;
  readonly scheduler = new Scheduler();
  readonly devices: X86Devices;
  readonly driver: JailhouseDriver;
  private current: X86Programs | null = null;

  /** @param config that the machine is derived from */
  constructor(
    config: SystemConfig,
    profile: Profile,
    registry: ProgramRegistry<X86Cpu>,
    { machine = {}, kernel = {}, traceErrors = false, log = () => {} }: X86SimulationOptions = {},
  ) {
    this.machine = deriveMachine(config, "x86", machine);
    const clocks = { ...usualKernel, ...kernel };
    this.devices = new X86Devices(this.machine, config, this.scheduler, clocks);
    this.driver = new JailhouseDriver({
      machine: this.machine,
      profile,
      world: this.scheduler,
      kernel,
      traceErrors,
      onLoad: (hypervisor) => {
        const { architecture } = hypervisor;
        if (!(architecture instanceof X86)) return;
        this.current = new X86Programs(hypervisor, architecture, this.devices, registry, log);
      },
    });
    this.driver.listenToSerial((text) => this.devices.sendConsole(text));
  }

  /** Of the hypervisor that was enabled last; null before the first one. */
  get programs(): X86Programs | null {
    return this.current;
  }
}
