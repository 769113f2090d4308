import type { Profile } from "../../schema/layout/types.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import { ViolationLog } from "../core/decide/violation-log.js";
import { JailhouseDriver } from "../driver/driver.js";
import { usualKernel } from "../driver/kernel.js";
import type { Machine } from "../machine/machine.js";
import type { SerialLine } from "../machine/serial-line.js";
import type { ProgramRegistry } from "../run/program-registry.js";
import { Scheduler } from "../run/scheduler.js";
import { X86 } from "../x86/x86.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { X86Devices } from "../x86/x86-devices.js";
import { X86Programs } from "../x86/x86-programs.js";
import { deriveMachine } from "./derive-machine.js";
import { failureText } from "./failure-text.js";
import type { NamedLine, Simulation, SimulationOptions } from "./simulation.js";

/** A simulated x86 machine. */
export class X86Simulation implements Simulation {
  readonly machine: Machine;
  readonly scheduler = new Scheduler();
  readonly devices: X86Devices;
  readonly driver: JailhouseDriver;
  readonly violations: ViolationLog;
  private current: X86Programs | null = null;

  /** @param config that the machine is derived from */
  constructor(
    config: SystemConfig,
    profile: Profile,
    registry: ProgramRegistry<X86Cpu>,
    {
      machine = {},
      kernel = {},
      build,
      entryOrder,
      traceErrors = false,
      log = () => {},
      onRefusal = () => {},
    }: SimulationOptions = {},
  ) {
    this.machine = deriveMachine(config, "x86", machine);
    const clocks = { ...usualKernel, ...kernel };
    this.devices = new X86Devices(this.machine, config, this.scheduler, clocks);
    this.violations = new ViolationLog(() => this.scheduler.now);
    this.driver = new JailhouseDriver({
      machine: this.machine,
      profile,
      world: this.scheduler,
      kernel,
      ...(build === undefined ? {} : { build }),
      ...(entryOrder === undefined ? {} : { entryOrder }),
      traceErrors,
      note: log,
      onRefusal,
      onLoad: (hypervisor) => {
        const { architecture } = hypervisor;
        this.violations.watch(hypervisor);
        if (!(architecture instanceof X86)) return;
        this.current = new X86Programs(hypervisor, architecture, this.devices, registry, log);
      },
    });
    this.scheduler.onFailure = (cpu, error) => log(failureText(this.driver.hypervisor, cpu, error));
    this.driver.listenToSerial((text) => this.devices.sendConsole(text));
  }

  /** Of the hypervisor that was enabled last; null before the first one. */
  get programs(): X86Programs | null {
    return this.current;
  }

  get lines(): readonly NamedLine[] {
    return this.devices.serialLines.map((line) => ({ name: `port 0x${line.base.toString(16)}`, line }));
  }

  get console(): SerialLine | null {
    return this.devices.console;
  }

  run(nanoseconds: number): void {
    this.scheduler.runFor(nanoseconds);
  }
}
