import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import type { ProgramRegistry } from "../run/program-registry.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { ArmSimulation } from "./arm-simulation.js";
import type { SimulatedSystem } from "./simulated-system.js";
import type { Simulation, SimulationOptions } from "./simulation.js";
import { X86Simulation } from "./x86-simulation.js";

/** Programs that images can stand for, by the processor that they are for. */
export interface SimulatedPrograms {
  readonly x86: ProgramRegistry<X86Cpu>;
  /** Of 64 and of 32 bits. */
  readonly arm: ProgramRegistry<ArmGuestCpu>;
}

/** A machine with its driver, of the architecture that its system is for. @param options go before what the system says */
export function simulate(
  { architecture, config, profile, machine, kernel, build }: SimulatedSystem,
  programs: SimulatedPrograms,
  options: SimulationOptions = {},
): Simulation {
  const all = {
    build,
    ...options,
    machine: { ...machine, ...options.machine },
    kernel: { ...kernel, ...options.kernel },
  };
  return architecture === "x86"
    ? new X86Simulation(config, profile, programs.x86, all)
    : new ArmSimulation(architecture, config, profile, programs.arm, all);
}
