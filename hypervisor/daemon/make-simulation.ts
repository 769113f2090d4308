import { builtInProfiles } from "../../schema/codec/detect.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { readSystemHeader } from "../core/config/read-config.js";
import type { Refusal } from "../core/refusal.js";
import { SetupError } from "../core/setup-error.js";
import { JailhouseDriver } from "../driver/driver.js";
import { armDemos, x86Demos } from "../inmates/demos.js";
import { Scheduler } from "../run/scheduler.js";
import { addCards } from "../simulation/cards.js";
import { deriveMachine } from "../simulation/derive-machine.js";
import { simulate } from "../simulation/simulate.js";
import { systemFrom } from "../simulation/simulated-system.js";
import type { NamedLine } from "../simulation/simulation.js";
import { X86Simulation } from "../simulation/x86-simulation.js";
import { type BoardChoices, noChoices } from "./board-files.js";

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
  choices: BoardChoices,
  traceErrors: boolean,
  { note, refusal }: Listeners,
): MadeSimulation {
  const known = choices.profile === null ? undefined : resolveProfile(choices.profile);
  const made = systemFrom(system, {
    cells,
    ...(known === undefined ? {} : { profile: known }),
    ...(choices.architecture === null ? {} : { architecture: choices.architecture }),
    ...(choices.facts === null ? {} : { facts: choices.facts }),
  });
  if (made.architecture !== "x86" && choices.cards.length > 0) {
    throw new SetupError("cards are there for machines of x86 only");
  }
  const programs = { x86: x86Demos(), arm: armDemos() };
  const simulation = simulate(made, programs, { traceErrors, onRefusal: refusal, log: note });
  if (simulation instanceof X86Simulation) addCards(simulation.devices, choices.cards);
  const { driver, scheduler } = simulation;
  return {
    driver,
    scheduler,
    profile: made.profile,
    get lines() {
      return simulation.lines;
    },
  };
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
    return simulationFor(system, [], noChoices, traceErrors, listeners);
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}
