import { type CellConfig, iommuTypes, type SystemConfig } from "../core/config/cell-config.js";
import { InterruptWires } from "../machine/interrupt-sink.js";
import { IoApic } from "../machine/io-apic.js";
import type { Architecture, CacheAllocation, Machine, Vendor, VtdUnit } from "../machine/machine.js";
import { PhysicalMemory } from "../machine/physical-memory.js";
import { PortSpace } from "../machine/port-space.js";
import { type ArmOptions, affinityOf, armHardwareOf } from "./arm-hardware-of.js";
import { addPciPorts, derivePciBus, showConfigSpaces } from "./derive-pci.js";

/** What a config does not say of the machine it is made for. */
export interface MachineOptions {
  readonly vendor?: Vendor;
  /** In the order in which they enter the hypervisor; without a word all CPUs of the root cell. */
  readonly onlineCpus?: readonly number[];
  readonly usesX2apic?: boolean;
  /** I/O APICs besides those of the system. */
  readonly ioApics?: readonly bigint[];
  readonly cacheAllocation?: CacheAllocation;
  /** Cells whose PCI devices are there besides those of the system. */
  readonly cells?: readonly CellConfig[];
  /** Of ARM machines, where they are not as the config says. */
  readonly arm?: ArmOptions;
}

/** A machine that has all that a system config and the given cells speak of, and nothing else. */
export function deriveMachine(
  config: SystemConfig,
  architecture: Architecture,
  options: MachineOptions,
): Machine {
  const vendor = architecture === "x86" ? (options.vendor ?? vendorOf(config)) : null;
  const memory = new PhysicalMemory();
  const ioApics =
    architecture === "x86"
      ? ioApicsOf(
          [...config.rootCell.irqchips.map(({ address }) => address), ...(options.ioApics ?? [])],
          memory,
        )
      : [];
  const { cpuSet } = config.rootCell;
  const pci = derivePciBus([config.rootCell, ...(options.cells ?? [])]);
  showConfigSpaces(config, pci, memory);
  const ports = new PortSpace();
  if (architecture === "x86") addPciPorts(pci, ports);
  const cpus = Array.from({ length: 8 * cpuSet.length }, (_, id) => id).filter(
    (id) => ((cpuSet[id >> 3]! >> (id & 7)) & 1) === 1,
  );
  const online = options.onlineCpus ?? cpus;
  const numbered = [...new Set([...cpus, ...online])].map((id) => ({
    id,
    hardwareId: architecture === "x86" ? id : affinityOf(id),
    isOnline: online.includes(id),
  }));
  return {
    architecture,
    vendor,
    memory,
    cpus: numbered,
    pci,
    ports,
    interrupts: new InterruptWires(),
    ioApics,
    arm: architecture === "x86" ? null : armHardwareOf(config, memory, numbered, options.arm ?? {}),
    vtdUnits: vendor === "intel" ? vtdUnitsOf(config) : [],
    amdSegmentBits: 0,
    cacheAllocation: options.cacheAllocation ?? null,
    usesX2apic: options.usesX2apic ?? vendor === "intel",
  };
}

/** Without any unit, a machine of Intel would be refused. */
function vendorOf({ iommuUnits }: SystemConfig): Vendor {
  return iommuUnits.some(({ base, type }) => base !== 0n && type === iommuTypes.intel) ? "intel" : "amd";
}

function ioApicsOf(addresses: readonly bigint[], memory: PhysicalMemory): readonly IoApic[] {
  return [...new Set(addresses.map(Number))].map((address) => {
    const chip = new IoApic(address);
    memory.addDevice(address - (address % 4096), 4096, chip);
    return chip;
  });
}

function vtdUnitsOf({ iommuUnits }: SystemConfig): readonly VtdUnit[] {
  return iommuUnits
    .filter(({ base, type }) => base !== 0n && type === iommuTypes.intel)
    .map(({ base }) => ({
      base: Number(base),
      tableLevels: 3,
      holds2M: true,
      holds1G: true,
      domains: 65_536,
    }));
}
