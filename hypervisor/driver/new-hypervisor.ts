import type { Profile } from "../../schema/layout/types.js";
import { builds, type HypervisorBuild } from "../core/build.js";
import type { SystemConfig } from "../core/config/cell-config.js";
import type { HypervisorConsole } from "../core/console.js";
import { cpusOf } from "../core/control/cell-shape.js";
import { Hypervisor, type World } from "../core/hypervisor.js";
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

export interface HypervisorOptions {
  /** Prints each refusal with its place in upstream's sources. */
  readonly traceErrors?: boolean;
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
  { traceErrors = false, maxCpus = cpuCount(config) }: HypervisorOptions = {},
): Hypervisor {
  const build = buildFor(machine);
  const { size } = config.hypervisorMemory;
  const ownSize = BigInt(build.coreSize + maxCpus * build.perCpuSize);
  if (ownSize >= size || BigInt(config.totalSize) >= size - ownSize) throw new Refusal("EINVAL");
  const setup = {
    machine,
    build,
    config,
    profile,
    console,
    maxCpus,
    world,
    traceErrors,
    addresses: x86Addresses,
    ownTables,
    cellTables: machine.vendor === "intel" ? extendedTables : nestedTables,
    rootTablePages: 1,
  };
  return new Hypervisor(setup, (hypervisor) => new X86(hypervisor));
}

/** Highest CPU of the root cell + 1 (driver/main.c:182). */
function cpuCount({ rootCell }: SystemConfig): number {
  return (cpusOf(rootCell.cpuSet).at(-1) ?? -1) + 1;
}

function buildFor({ vendor }: Machine): HypervisorBuild {
  return builds[vendor === "intel" ? "intel" : "amd"];
}
