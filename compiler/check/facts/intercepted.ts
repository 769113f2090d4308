import type { IommuUnit } from "../../ir/platform.js";
import type { Spot } from "../spot.js";
import type { CheckedConfig } from "./checked-config.js";
import { type CheckedSet, iommuUnitsOf } from "./checked-set.js";
import { gicSizes, isGicV3 } from "./gic-frames.js";
import { byStart, type Interval } from "./intervals.js";
import { pageSize, type Region } from "./region.js";

/** What the hypervisor has to see each access to, since it shows cells only their part of it. */

/** Registers, or a range of addresses that stands for some. */
export interface Resource extends Interval {
  /** As the manuals call it. */
  readonly name: string;
  /** Where the config says where it lies; undefined where all machines have it there. */
  readonly spot?: Spot;
}

const xapicBase = 0xfee0_0000n;

const busSize = 1n << 20n;

/**
 * The interrupt controllers of a machine, as far as a config sees them: local APIC and I/O APICs (those of the root cell
 * and its own, hypervisor/arch/x86/ioapic.c:363), or the frames of the GIC.
 */
export function interruptControllers(config: CheckedConfig, { system }: CheckedSet): readonly Resource[] {
  if (config.machine === "x86") {
    const chips = [...(system === null ? [] : [system]), config].flatMap((owner) =>
      owner.cell.irqchips
        .filter(({ address }) => address !== 0n)
        .map((chip) => resource("an I/O APIC", chip.address, pageSize, owner.spot(chip, "address"))),
    );
    const byAddress = new Map(chips.reverse().map((chip) => [chip.start, chip]));
    return [resource("the local APIC", xapicBase, pageSize), ...byAddress.values()];
  }
  return config.isArm && system !== null ? gicFrames(system) : [];
}

/** All redistributors up to that of the last CPU are intercepted (hypervisor/arch/arm-common/gic-v3.c:139-152). */
function gicFrames(system: CheckedConfig): readonly Resource[] {
  const arm = system.system?.platform?.arm ?? null;
  if (arm === null) return [];
  const frame = (
    name: string,
    field: "gicdBase" | "giccBase" | "gichBase" | "gicvBase" | "gicrBase",
    size: bigint,
  ) => resource(name, arm[field], size, system.spot(arm, field));
  const cpuCount = BigInt((system.cpus.at(-1) ?? 0) + 1);
  const frames = isGicV3(arm)
    ? [
        frame("the GIC distributor", "gicdBase", gicSizes.distributor3),
        frame("the GIC redistributors", "gicrBase", gicSizes.redistributor3 * cpuCount),
      ]
    : [
        frame("the GIC distributor", "gicdBase", gicSizes.distributor2),
        frame("the GIC CPU interface", "giccBase", gicSizes.interface2),
        frame("the GIC hypervisor interface", "gichBase", gicSizes.interface2),
        frame("the GIC virtual CPU interface", "gicvBase", gicSizes.interface2),
      ];
  return frames.filter(({ start }) => start !== 0n);
}

/** PCI configuration space, memory-mapped (hypervisor/pci.c:677); undefined where there is none. */
export function configurationSpace(system: CheckedConfig): Resource | undefined {
  const platform = system.system?.platform ?? null;
  if (platform === null || platform.pciMmconfigBase === 0n) return undefined;
  const size = BigInt(platform.pciMmconfigEndBus + 1) * busSize;
  const spot = system.spot(platform, "pciMmconfigBase");
  return resource("PCI configuration space", platform.pciMmconfigBase, size, spot);
}

/**
 * Where Linux puts the registers of virtual devices on a machine without PCI: right behind configuration space, two
 * pages for each device of the root cell (driver/pci.c:427-443). Undefined on other machines.
 */
export function virtualBarWindow(system: CheckedConfig): Resource | undefined {
  const platform = system.system?.platform ?? null;
  const devices = BigInt(system.ivshmemDevices.length);
  if (platform === null || platform.pciIsVirtual === 0 || platform.pciMmconfigBase === 0n) return undefined;
  const start = platform.pciMmconfigBase + busSize;
  const spot = system.spot(platform, "pciMmconfigBase");
  return resource("the registers of virtual PCI devices", start, devices * 2n * pageSize, spot);
}

/** Registers of all IOMMUs that are used; one of TI has a second range. */
export function iommuRegisters(system: CheckedConfig): readonly Resource[] {
  return iommuUnitsOf(system).flatMap((unit, index) => rangesOf(system, unit, index));
}

function rangesOf(system: CheckedConfig, unit: IommuUnit, index: number): readonly Resource[] {
  // The size is said since early 2016; VT-d, the only kind before, has one page.
  const registers = resource(`IOMMU ${index}`, unit.base, unit.size || pageSize, system.spot(unit, "base"));
  const { tipvu } = unit;
  if (tipvu === null || tipvu.tlbBase === 0n) return [registers];
  const tlb = resource(
    `the TLB of IOMMU ${index}`,
    tipvu.tlbBase,
    BigInt(tipvu.tlbSize),
    system.spot(tipvu, "tlbBase"),
  );
  return [registers, tlb];
}

function resource(name: string, start: bigint, size: bigint, spot?: Spot): Resource {
  return { name, start, end: start + size, ...(spot === undefined ? {} : { spot }) };
}

/** Accesses of the cell to this region do not all end in a fault. */
export function isReachable({ hasPhysical, read, write, execute }: Region): boolean {
  return hasPhysical && (read || write || execute);
}

/** A region and the resources that it has something in common with, ascending. */
export interface Touching {
  readonly region: Region;
  readonly resources: readonly Resource[];
}

/** The regions of a config that reach resources, by `phys` or by `virt` addresses. */
export function touching(
  config: CheckedConfig,
  resources: readonly Resource[],
  side: "phys" | "virt",
): readonly Touching[] {
  const index = side === "phys" ? config.byPhysical : config.byVirtual;
  const touched = new Map<Region, Resource[]>();
  for (const each of [...resources].sort(byStart)) {
    for (const { region } of index.overlapping(each)) {
      if (!isReachable(region)) continue;
      const others = touched.get(region);
      if (others === undefined) touched.set(region, [each]);
      else others.push(each);
    }
  }
  return [...touched]
    .map(([region, found]) => ({ region, resources: found }))
    .sort((one, other) => one.region.index - other.region.index);
}
