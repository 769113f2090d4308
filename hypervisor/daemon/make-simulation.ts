import { builtInProfiles } from "../../schema/codec/detect.js";
import type { Profile } from "../../schema/layout/types.js";
import { readSystemHeader } from "../core/config/read-config.js";
import type { Refusal } from "../core/refusal.js";
import { SetupError } from "../core/setup-error.js";
import { JailhouseDriver } from "../driver/driver.js";
import { x86Demos } from "../inmates/demos.js";
import { Scheduler } from "../run/scheduler.js";
import { deriveMachine } from "../simulation/derive-machine.js";
import { systemFrom } from "../simulation/simulated-system.js";
import type { NamedLine } from "../simulation/simulation.js";
import { X86Simulation } from "../simulation/x86-simulation.js";

/** Who hears a simulation. */
export interface Listeners {
  /** What no real machine would say. */
  readonly note: (line: string) => void;
  readonly refusal: (refusal: Refusal) => void;
}

/** A machine with its driver, and the time in which its programs run. */
export interface MadeSimulation {
  readonly driver: JailhouseDriver;
  readonly scheduler: Scheduler;
  readonly profile: Profile;
  /** All serial lines that there are by now. */
  readonly lines: readonly NamedLine[];
}

/**
 * Makes the machine that a system config is for.
 *
 * @param cells whose devices are in the machine, too
 * @throws SetupError where the bytes are for no machine
 */
export function simulationFor(
  system: Uint8Array,
  cells: readonly Uint8Array[],
  traceErrors: boolean,
  { note, refusal }: Listeners,
): MadeSimulation {
  const { profile, architecture, config, machine, kernel, build } = systemFrom(system, { cells });
  const options = { kernel, build, traceErrors, onRefusal: refusal };
  if (architecture === "x86") {
    const simulation = new X86Simulation(config, profile, x86Demos(), { ...options, machine, log: note });
    const { driver, scheduler } = simulation;
    return {
      driver,
      scheduler,
      profile,
      get lines() {
        return simulation.lines;
      },
    };
  }
  const scheduler = new Scheduler();
  const derived = deriveMachine(config, architecture, machine);
  const driver = new JailhouseDriver({ ...options, machine: derived, profile, world: scheduler });
  return { driver, scheduler, profile, lines: [] };
}

/** A computer that no config is for: its driver says what is wrong with one. */
export function emptySimulation(refusal: Listeners["refusal"]): MadeSimulation {
  const profile = builtInProfiles.profile("r14.1");
  const scheduler = new Scheduler();
  const config = readSystemHeader(new Uint8Array(4096), profile);
  const machine = deriveMachine(config, "x86", {});
  const driver = new JailhouseDriver({ machine, profile, world: scheduler, onRefusal: refusal });
  return { driver, scheduler, profile, lines: [] };
}

/** @returns null for bytes that no machine can be made for */
export function simulationIfAny(
  system: Uint8Array,
  traceErrors: boolean,
  listeners: Listeners,
): MadeSimulation | null {
  try {
    return simulationFor(system, [], traceErrors, listeners);
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}
