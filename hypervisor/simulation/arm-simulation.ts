import type { Profile } from "../../schema/layout/types.js";
import { Arm } from "../arm/arm.js";
import { ArmDevices, usualTimerHertz } from "../arm/arm-devices.js";
import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import { ArmPrograms } from "../arm/arm-programs.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import { ViolationLog } from "../core/decide/violation-log.js";
import { JailhouseDriver } from "../driver/driver.js";
import type { Machine } from "../machine/machine.js";
import type { SerialLine } from "../machine/serial-line.js";
import type { ProgramRegistry } from "../run/program-registry.js";
import { Scheduler } from "../run/scheduler.js";
import { deriveMachine } from "./derive-machine.js";
import { failureText } from "./failure-text.js";
import type { NamedLine, Simulation, SimulationOptions } from "./simulation.js";

/** A simulated ARM machine, of 64 or of 32 bits. */
export class ArmSimulation implements Simulation {
  readonly machine: Machine;
  readonly scheduler = new Scheduler();
  readonly devices: ArmDevices;
  readonly driver: JailhouseDriver;
  readonly violations: ViolationLog;
  private current: ArmPrograms | null = null;

  /** @param config that the machine is derived from */
  constructor(
    architecture: "arm" | "arm64",
    config: SystemConfig,
    profile: Profile,
    registry: ProgramRegistry<ArmGuestCpu>,
    {
      machine = {},
      kernel = {},
      build,
      traceErrors = false,
      log = () => {},
      onRefusal = () => {},
    }: SimulationOptions = {},
  ) {
    this.machine = deriveMachine(config, architecture, machine);
    const timerHertz = machine.arm?.timerHertz ?? usualTimerHertz;
    this.devices = new ArmDevices(this.machine, config, this.scheduler, timerHertz);
    for (const cell of machine.cells ?? []) this.devices.addConsoleOf(cell);
    this.violations = new ViolationLog(() => this.scheduler.now);
    const redistributors = config.arm.gicVersion >= 3 ? Number(config.arm.gicrBase) : null;
    this.driver = new JailhouseDriver({
      machine: this.machine,
      profile,
      world: this.scheduler,
      kernel: { redistributors, ...kernel },
      ...(build === undefined ? {} : { build }),
      traceErrors,
      note: log,
      onRefusal,
      onLoad: (hypervisor) => {
        const arm = hypervisor.architecture;
        this.violations.watch(hypervisor);
        if (!(arm instanceof Arm)) return;
        this.current = new ArmPrograms(hypervisor, arm, this.devices, registry, log);
      },
    });
    this.scheduler.onFailure = (cpu, error) => log(failureText(this.driver.hypervisor, cpu, error));
    this.driver.listenToSerial((text) => this.devices.sendConsole(text));
  }

  /** Of the hypervisor that was enabled last; null before the first one. */
  get programs(): ArmPrograms | null {
    return this.current;
  }

  get lines(): readonly NamedLine[] {
    return [...this.devices.lines.all].map(([address, line]) => ({
      name: `memory 0x${address.toString(16)}`,
      line,
    }));
  }

  get console(): SerialLine | null {
    return this.devices.console;
  }

  run(nanoseconds: number): void {
    this.scheduler.runFor(nanoseconds);
  }
}
