import type { Profile } from "../../schema/layout/types.js";
import { Arm } from "../arm/arm.js";
import {
  cellTables32,
  cellTables64,
  ownTables32,
  ownTables64,
  physicalBitsOf,
  rootPages64,
} from "../arm/table-formats.js";
import { builds, type HypervisorBuild } from "../core/build.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import type { HypervisorConsole } from "../core/console.js";
import { cpusOf } from "../core/control/cell-shape.js";
import { Hypervisor, type HypervisorSetup, type OwnAddresses, type World } from "../core/hypervisor.js";
import { Refusal } from "../core/refusal.js";
import type { Machine } from "../machine/machine.js";
import { extendedTables, nestedTables, ownTables } from "../x86/table-formats.js";
import { X86 } from "../x86/x86.js";

/** Where the hypervisor is linked to (include/arch/x86/asm/jailhouse_header.h), as tables of 48 bits see it. */
const x86Addresses = {
  base: 0xffff_f000_0000,
  remap: 0xff80_0000_0000,
  temporary: 0x80_0000_0000n,
  console: 0xc900_0000_0000n,
};

/** include/arch/arm64/asm/jailhouse_header.h, arch/arm64/include/asm/paging.h */
const arm64Addresses = {
  base: 0xffff_c020_0000,
  remap: 0xff80_0000_0000,
  temporary: 0xff00_0000_0000n,
};

/** Where the first 2M around the registers of a console are. */
const arm64Console = 0xffff_c000_0000n;

/** include/arch/arm/asm/jailhouse_header.h, arch/arm/include/asm/paging.h */
const armAddresses = { base: 0xf000_0000, remap: 0xf800_0000, temporary: 0x4000_0000n };

export interface HypervisorOptions {
  /** Prints each refusal with its place in upstream's sources. */
  readonly traceErrors?: boolean;
  /** Another build than the one that the sizes of this project are from. */
  readonly build?: HypervisorBuild;
  /** So many CPUs get data of their own; the driver counts those of the root cell. */
  readonly maxCpus?: number;
}

/**
 * Puts a hypervisor into the memory that its config sets aside, as the driver does before any CPU enters it.
 *
 * Refused with EINVAL where image, per-CPU data and config do not fit (driver/main.c:456-461).
 */
export function newHypervisor(
  machine: Machine,
  config: SystemConfig,
  profile: Profile,
  console: HypervisorConsole,
  world: World,
  { traceErrors = false, build = buildFor(machine), maxCpus = maxCpusOf(config) }: HypervisorOptions = {},
): Hypervisor {
  refuseTooLittleMemory(build, config, maxCpus);
  const setup = {
    machine,
    build,
    config,
    profile,
    console,
    maxCpus,
    world,
    traceErrors,
    addresses: addressesFor(machine, config),
    ...tablesFor(machine, cpusOf(config.rootCell.cpuSet)),
  };
  const isX86 = machine.architecture === "x86";
  return new Hypervisor(setup, (hypervisor) => (isX86 ? new X86(hypervisor) : new Arm(hypervisor)));
}

type Tables = Pick<HypervisorSetup, "ownTables" | "cellTables" | "rootTablePages">;

function tablesFor(machine: Machine, rootCpus: readonly number[]): Tables {
  const { architecture, vendor } = machine;
  if (architecture === "arm64") {
    const bits = physicalBitsOf(machine, rootCpus);
    return { ownTables: ownTables64, cellTables: cellTables64(bits), rootTablePages: rootPages64(bits) };
  }
  if (architecture === "arm") return { ownTables: ownTables32, cellTables: cellTables32, rootTablePages: 1 };
  return { ownTables, cellTables: vendor === "intel" ? extendedTables : nestedTables, rootTablePages: 1 };
}

/** As tables of 48 bits see them; on ARM the place of a console depends on the config. */
function addressesFor({ architecture }: Machine, config: SystemConfig): OwnAddresses {
  const { hypervisorMemory, debugConsole } = config;
  switch (architecture) {
    case "x86":
      return x86Addresses;
    case "arm64":
      return { ...arm64Addresses, console: arm64Console + (debugConsole.address & 0x1f_ffffn) };
    case "arm":
      return { ...armAddresses, console: BigInt(armAddresses.base) + hypervisorMemory.size };
  }
}

/** Highest CPU of the root cell + 1 (driver/main.c:182). */
export function maxCpusOf({ rootCell }: SystemConfig): number {
  return (cpusOf(rootCell.cpuSet).at(-1) ?? -1) + 1;
}

/** @throws Refusal EINVAL where image, data of the CPUs and config leave nothing (driver/main.c:456-461) */
export function refuseTooLittleMemory(
  build: HypervisorBuild,
  config: SystemConfig,
  maxCpus = maxCpusOf(config),
): void {
  const { size } = config.hypervisorMemory;
  const ownSize = BigInt(build.coreSize + maxCpus * build.perCpuSize);
  if (ownSize >= size || BigInt(config.totalSize) >= size - ownSize) throw new Refusal("EINVAL");
}

export function buildFor({
  vendor,
  architecture,
}: Pick<Machine, "vendor" | "architecture">): HypervisorBuild {
  if (architecture !== "x86") return builds[architecture];
  return builds[vendor === "intel" ? "intel" : "amd"];
}
