import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import type { KernelSettings } from "../../../hypervisor/driver/kernel.js";
import type { Machine } from "../../../hypervisor/machine/machine.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { Profile } from "../../../schema/layout/types.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";

export interface PcOptions {
  readonly online?: readonly number[];
  readonly kernel?: Partial<KernelSettings>;
  readonly vendor?: "intel" | "amd";
  readonly profile?: Profile;
}

export interface Pc {
  readonly machine: Machine;
  readonly driver: JailhouseDriver;
  /** The config of the machine. */
  readonly system: Uint8Array;
  /** Enables its own config. */
  enable(): void;
}

/** QEMU's PC with CPUs of AMD, or of Intel, whose cells have no programs. */
export function newPc({ online, kernel, vendor = "amd", profile }: PcOptions = {}): Pc {
  const ofNow = builtInProfiles.profile("r14.1");
  const system = baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
  const config = readSystemConfig(system, ofNow);
  const machine = deriveMachine(config, "x86", {
    vendor,
    ...(online === undefined ? {} : { onlineCpus: online }),
  });
  const driver = new JailhouseDriver({
    machine,
    profile: profile ?? ofNow,
    world: { run: () => false },
    ...(kernel === undefined ? {} : { kernel }),
  });
  return { machine, driver, system, enable: () => driver.enable(system) };
}

/** Offsets in a cell config of revision 14. */
export const cellPlaces = {
  architecture: 5,
  revision: 6,
  name: 8,
  flags: 44,
  cpuSetSize: 48,
  memoryRegions: 52,
  pciDevices: 68,
  streamIds: 76,
  cpuSet: 132,
} as const;

export interface CellChanges {
  readonly name?: string;
  /** The first byte of the set of CPUs. */
  readonly cpus?: number;
  readonly bytes?: readonly (readonly [offset: number, bytes: readonly number[]])[];
}

/** Upstream's cell on CPU 2: 1 MiB of memory at 0x3ee00000, loadable, and the communication region at 0x100000. */
export function tinyDemo({ name, cpus, bytes = [] }: CellChanges = {}): Uint8Array {
  const cell = Uint8Array.from(baseConfigs().get("tiny-demo")!);
  if (name !== undefined) {
    cell.fill(0, cellPlaces.name, cellPlaces.name + 32);
    cell.set(new TextEncoder().encode(name), cellPlaces.name);
  }
  if (cpus !== undefined) cell[cellPlaces.cpuSet] = cpus;
  for (const [offset, values] of bytes) cell.set(values, offset);
  return cell;
}
