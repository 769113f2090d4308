import { detect } from "../../schema/codec/detect.js";
import { familyOf, planOfProfile } from "../../schema/codec/profile-plan.js";
import type { Profile } from "../../schema/layout/types.js";
import type { HypervisorBuild } from "../core/build.js";
import type { Surroundings } from "../core/config/as-on-machine.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import {
  configSize,
  readCellConfig,
  readSystemConfig,
  readSystemHeader,
} from "../core/config/read-config.js";
import { termsOf } from "../core/config/revision-terms.js";
import { SetupError } from "../core/setup-error.js";
import { ConfigFile } from "../driver/config-file.js";
import type { KernelSettings } from "../driver/kernel.js";
import { buildFor } from "../driver/new-hypervisor.js";
import { type Architecture, architectures, type Machine } from "../machine/machine.js";
import { cpusOf, deriveMachine, type MachineOptions, vendorOf } from "./derive-machine.js";
import { type MachineFacts, noFacts } from "./machine-facts.js";

/** All that a simulation begins with. */
export interface SimulatedSystem {
  /** The revision that the driver is of. */
  readonly profile: Profile;
  readonly architecture: Architecture;
  readonly config: SystemConfig;
  /** What the machine is made with. */
  readonly machine: MachineOptions;
  /** Of Linux, what follows from the machine. */
  readonly kernel: Partial<KernelSettings>;
  readonly build: HypervisorBuild;
}

export interface SystemChoices {
  /** Where the bytes do not say it, or say it wrongly. */
  readonly profile?: Profile;
  readonly architecture?: Architecture;
  readonly facts?: MachineFacts;
  /** Of cells that will be created: their PCI devices are part of a machine whose devices nobody knows. */
  readonly cells?: readonly Uint8Array[];
}

/** Larger tables belong to damaged configs: machines are made of their headers. */
const mostConfig = 2 ** 22;

/**
 * What a simulation of a system config is made with, and of what is known of its machine. What is chosen goes before the facts, and those before the bytes.
 *
 * @throws SetupError for bytes of no known revision, for no system, and where nobody knows the architecture
 */
export function systemFrom(bytes: Uint8Array, choices: SystemChoices = {}): SimulatedSystem {
  const { facts = noFacts } = choices;
  const profile = choices.profile ?? profileOf(bytes);
  if (bytes.length < planOfProfile(profile).headers.system.size) {
    throw new SetupError(`the system config ends within its header of ${profile.id}`);
  }
  const architecture = choices.architecture ?? facts.architecture ?? architectureOf(bytes, profile);
  checkGic(architecture, profile, facts);
  const cells = (choices.cells ?? []).filter((cell) => isReadable(cell, profile));
  const said = systemConfigOf(bytes, profile, { architecture, vendor: null, arm: null });
  const surroundings: Surroundings = {
    architecture,
    vendor: vendorOf(said, architecture, { facts }),
    arm: {
      places: facts.gic.distributor === null ? null : { ...facts.gic, distributor: facts.gic.distributor },
    },
  };
  const config = systemConfigOf(bytes, profile, surroundings);
  const machine = { facts, cells: cells.map((cell) => readCellConfig(cell, profile, surroundings)) };
  if (cpusOf(config, architecture, machine).length === 0) throw new SetupError("the machine has no CPU");
  const build = buildOf(buildFor(surroundings), facts);
  return { profile, architecture, config, machine, kernel: kernelOf(facts), build };
}

/** Its machine, before anything has happened. */
export function machineOf({ config, architecture, machine }: SimulatedSystem): Machine {
  return deriveMachine(config, architecture, machine);
}

function profileOf(bytes: Uint8Array): Profile {
  const { candidates } = detect(bytes);
  const known = candidates.find(({ kind }) => kind === "system");
  if (known !== undefined) return known.profile;
  throw new SetupError(
    candidates.length > 0
      ? "a machine needs a system config, and this is one of a cell"
      : "this is no config",
  );
}

function architectureOf(bytes: Uint8Array, profile: Profile): Architecture {
  const file = new ConfigFile(bytes, profile, "system");
  const said = architectures.filter((each) => file.isFor(each));
  if (said.length === 1) return said[0]!;
  if (said.length === 0)
    throw new SetupError("the system config is for an architecture that cannot be simulated");
  const plan = planOfProfile(profile);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (familyOf(plan, plan.headers.system, view) === "x86") return "x86";
  throw new SetupError(
    `configs of ${profile.id} do not say whether they are for arm or arm64: the architecture has to be chosen`,
  );
}

function isReadable(bytes: Uint8Array, profile: Profile): boolean {
  const size = configSize(bytes, profile, "cell");
  return size !== null && size <= mostConfig;
}

/** Until September 2016 hypervisors were built for the interrupt controller of one board. */
function checkGic(architecture: Architecture, profile: Profile, { gic }: MachineFacts): void {
  if (architecture === "x86" || gic.distributor !== null || termsOf(profile).hasGicAddresses) return;
  throw new SetupError(
    `configs of ${profile.id} do not say where the interrupt controller is: a board file with \`gic\` has to`,
  );
}

function systemConfigOf(bytes: Uint8Array, profile: Profile, machine: Surroundings): SystemConfig {
  const size = configSize(bytes, profile, "system");
  return size !== null && size <= mostConfig
    ? readSystemConfig(bytes, profile, machine)
    : readSystemHeader(bytes, profile, machine);
}

function kernelOf({ systemRam, gic }: MachineFacts): Partial<KernelSettings> {
  return {
    ...(systemRam === null ? {} : { busyMemory: systemRam }),
    ...(gic.version === null || gic.version === 2 ? {} : { redistributors: gic.redistributors }),
  };
}

function buildOf(usual: HypervisorBuild, { image }: MachineFacts): HypervisorBuild {
  return {
    ...usual,
    coreSize: image.coreSize ?? usual.coreSize,
    perCpuSize: image.perCpuSize ?? usual.perCpuSize,
  };
}
