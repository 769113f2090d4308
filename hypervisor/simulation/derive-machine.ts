import { type CellConfig, iommuTypes, type SystemConfig } from "../core/config/cell-config.js";
import { cpusOf as rootCpusOf } from "../core/control/cell-shape.js";
import { openBus } from "../machine/bus-error.js";
import { InterruptWires } from "../machine/interrupt-sink.js";
import { IoApic } from "../machine/io-apic.js";
import type {
  Architecture,
  CacheAllocation,
  Machine,
  MachineCpu,
  Vendor,
  VtdUnit,
} from "../machine/machine.js";
import { PhysicalMemory } from "../machine/physical-memory.js";
import { PortSpace } from "../machine/port-space.js";
import { type ArmOptions, affinityOf, armHardwareOf, armOptionsOf } from "./arm-hardware-of.js";
import { addPciPorts, derivePciBus, showConfigSpaces } from "./derive-pci.js";
import { installMemory } from "./installed-memory.js";
import { type MachineFacts, noFacts } from "./machine-facts.js";
import { pciBusFromFacts } from "./pci-from-facts.js";

const pageSize = 4096;

/** What a config does not say of the machine it is made for. What is said here goes before facts, and those before the config. */
export interface MachineOptions {
  readonly vendor?: Vendor;
  /** In the order in which they enter the hypervisor; without a word all CPUs of the root cell. */
  readonly onlineCpus?: readonly number[];
  readonly usesX2apic?: boolean;
  /** I/O APICs besides those of the system. */
  readonly ioApics?: readonly bigint[];
  readonly cacheAllocation?: CacheAllocation;
  /** IOMMUs of AMD split their table of devices into 2^n parts: 0 to 3; without a word it is one. */
  readonly amdSegmentBits?: number;
  /** Cells whose PCI devices are there besides those of the system. */
  readonly cells?: readonly CellConfig[];
  /** Of ARM machines, where they are not as the config says. */
  readonly arm?: ArmOptions;
  /** What is known of the machine itself. */
  readonly facts?: MachineFacts;
  /** Pages of 4K that the simulation holds for cells and devices; 512 MiB without a word. */
  readonly heldPages?: number;
}

/**
 * A machine that has all that a system config and the given cells speak of, and nothing else, as far as no facts are known.
 * What facts contradict is not there: configs that speak of it fare as on such a machine.
 */
export function deriveMachine(
  config: SystemConfig,
  architecture: Architecture,
  options: MachineOptions,
): Machine {
  const { facts = noFacts, cells = [] } = options;
  const isX86 = architecture === "x86";
  const vendor = vendorOf(config, architecture, options);
  const memory = new PhysicalMemory(options.heldPages);
  installMemory(memory, architecture, facts, config);
  const ioApics = isX86 ? ioApicsOf(config, options, memory) : [];
  const configs = [config.rootCell, ...cells];
  const pci =
    facts.pciFunctions === null
      ? derivePciBus(configs)
      : pciBusFromFacts(facts.pciFunctions, configs, config.pciDomain);
  showConfigSpaces(config, pci, memory);
  const ports = new PortSpace();
  if (isX86) addPciPorts(pci, ports);
  const cpus = cpusOf(config, architecture, options);
  const arm = { ...armOptionsOf(facts, config), ...options.arm };
  return {
    architecture,
    vendor,
    memory,
    cpus,
    pci,
    ports,
    interrupts: new InterruptWires(),
    ioApics,
    arm: isX86 ? null : armHardwareOf(config, memory, cpus, arm),
    vtdUnits: vendor === "intel" ? vtdUnitsOf(config, facts) : [],
    amdSegmentBits: options.amdSegmentBits ?? 0,
    cacheAllocation: options.cacheAllocation ?? facts.cacheAllocation,
    usesX2apic: options.usesX2apic ?? facts.cpus.usesX2apic ?? vendor === "intel",
  };
}

/** Those that are known to be there; without facts, those of the root cell. */
export function cpusOf(
  { rootCell }: SystemConfig,
  architecture: Architecture,
  { facts = noFacts, onlineCpus }: MachineOptions,
): readonly MachineCpu[] {
  const { count, online, hardwareIds } = facts.cpus;
  const configured = rootCpusOf(rootCell.cpuSet);
  const there = count === null ? (hardwareIds?.map((_, id) => id) ?? online ?? configured) : range(count);
  const enter = onlineCpus ?? online ?? there;
  return [...new Set([...there, ...enter])].map((id) => ({
    id,
    hardwareId: hardwareIds?.[id] ?? (architecture === "x86" ? id : affinityOf(id)),
    isOnline: enter.includes(id),
  }));
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Of an x86 machine: without any unit, one of Intel would be refused. */
export function vendorOf(
  { iommuUnits }: SystemConfig,
  architecture: Architecture,
  { vendor, facts = noFacts }: MachineOptions,
): Vendor | null {
  if (architecture !== "x86") return null;
  const hasVtd = iommuUnits.some(({ base, type }) => base !== 0n && type === iommuTypes.intel);
  return vendor ?? facts.vendor ?? (hasVtd ? "intel" : "amd");
}

/** Where facts know none, nothing answers at the place that the config has one at. */
function ioApicsOf(
  { rootCell }: SystemConfig,
  { facts = noFacts, ioApics = [] }: MachineOptions,
  memory: PhysicalMemory,
): readonly IoApic[] {
  const configured = rootCell.irqchips.map(({ address }) => Number(address));
  for (const address of configured) memory.addDevice(pageOf(address), pageSize, openBus);
  const known =
    facts.ioApics === null
      ? new Map(configured.map((address) => [address, undefined]))
      : new Map(facts.ioApics.map(({ address, pins }) => [address, pins ?? undefined]));
  for (const address of ioApics) known.set(Number(address), undefined);
  return [...known].map(([address, pins]) => {
    const chip = new IoApic(address, pins);
    memory.addDevice(pageOf(address), pageSize, chip);
    return chip;
  });
}

function pageOf(address: number): number {
  return address - (address % pageSize);
}

function vtdUnitsOf({ iommuUnits }: SystemConfig, { iommus }: MachineFacts): readonly VtdUnit[] {
  const bases =
    iommus?.filter(({ kind }) => kind === "intel" || kind === null).map(({ address }) => address) ??
    iommuUnits
      .filter(({ base, type }) => base !== 0n && type === iommuTypes.intel)
      .map(({ base }) => Number(base));
  return bases.map((base) => ({ base, tableLevels: 3, holds2M: true, holds1G: true, domains: 65_536 }));
}
