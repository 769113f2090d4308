import type { GicPlaces } from "../../machine/arm-hardware.js";
import type { Architecture, Vendor } from "../../machine/machine.js";
import {
  type CellConfig,
  type ConsoleConfig,
  consoleFlags,
  consoleTypes,
  iommuTypes,
  pciTypes,
  type SystemConfig,
} from "./cell-config.js";
import type { RevisionTerms } from "./revision-terms.js";

/** What older hypervisors were built for, and configs did not say. */
export interface Surroundings {
  readonly architecture: Architecture;
  /** Of x86 machines. */
  readonly vendor: Vendor | null;
  /** Of ARM machines. */
  readonly arm: { readonly places: GicPlaces | null } | null;
}

/** First address that a CPU of x86 runs after a reset, as its cell sees it. */
const resetVector = 0xf_fff0n;
/** The first shared interrupt. */
const firstPinOfArm = 32;
/** Serial line that hypervisors and programs for PCs were built for. */
const builtInPort = 0x3f8;
const uartPorts = 8;
/** A table of as many entries holds the interrupts of any machine of that time. */
const uncounted = 4096;
/** Of all boards that there were then. */
const usualMaintenanceIrq = 25;

/** Fills in what the revision leaves to the machine. What it says stays as it is. */
export function cellAsOnMachine(
  cell: CellConfig,
  terms: RevisionTerms,
  { architecture }: Surroundings,
): CellConfig {
  if (terms.hasCellConsole && terms.hasResetAddress && terms.hasPinBase && terms.hasLinks) return cell;
  const isX86 = architecture === "x86";
  const pinBase = isX86 ? 0 : firstPinOfArm;
  return {
    ...cell,
    cpuResetAddress: terms.hasResetAddress ? cell.cpuResetAddress : isX86 ? resetVector : 0n,
    irqchips: terms.hasPinBase ? cell.irqchips : cell.irqchips.map((chip) => ({ ...chip, pinBase })),
    console: terms.hasCellConsole || !isX86 ? cell.console : consoleOfCell(cell),
    pciDevices: terms.hasLinks
      ? cell.pciDevices
      : cell.pciDevices.filter(({ type }) => type !== pciTypes.ivshmem),
  };
}

/** That of the programs of the time, if the cell has its ports. */
function consoleOfCell({ console, portRanges }: CellConfig): ConsoleConfig {
  const isGranted = portRanges.some(
    ({ base, length }) => base <= builtInPort && builtInPort + uartPorts <= base + length,
  );
  return isGranted ? builtInConsole(console) : console;
}

function builtInConsole(console: ConsoleConfig): ConsoleConfig {
  return { ...console, address: BigInt(builtInPort), size: uartPorts, type: consoleTypes.uart8250, flags: 0 };
}

/** Likewise, for a system with its root cell. */
export function systemAsOnMachine(
  system: SystemConfig,
  terms: RevisionTerms,
  machine: Surroundings,
): SystemConfig {
  const { architecture, vendor } = machine;
  const isX86 = architecture === "x86";
  const ownType = vendor === "amd" ? iommuTypes.amd : iommuTypes.intel;
  return {
    ...system,
    rootCell: cellAsOnMachine(system.rootCell, terms, machine),
    debugConsole: debugConsoleOf(system, terms, isX86),
    iommuUnits:
      terms.hasIommuTypes || vendor === null
        ? system.iommuUnits
        : system.iommuUnits.map((unit) => (unit.base === 0n ? unit : { ...unit, type: ownType })),
    x86: terms.hasInterruptLimit || !isX86 ? system.x86 : { ...system.x86, vtdInterruptLimit: uncounted },
    arm: isX86 ? system.arm : gicOf(system, terms, machine),
  };
}

function debugConsoleOf(
  { debugConsole }: SystemConfig,
  { console }: RevisionTerms,
  isX86: boolean,
): ConsoleConfig {
  const isBuiltIn = isX86 && (console === "none" || console === "region-of-arm");
  if (isBuiltIn) return builtInConsole(debugConsole);
  const isRegion = console === "region" || console === "region-of-arm";
  if (isX86 || !isRegion || (debugConsole.flags & consoleFlags.mmio) === 0) return debugConsole;
  // On ARM, the registers of all drivers were four bytes apart.
  return { ...debugConsole, flags: debugConsole.flags | consoleFlags.distance4 };
}

/** A config with the addresses of redistributors is for version 3, whatever the hypervisor was built for. */
function gicOf(
  { arm }: SystemConfig,
  terms: RevisionTerms,
  { arm: hardware }: Surroundings,
): SystemConfig["arm"] {
  const places = hardware?.places ?? null;
  const addresses =
    terms.hasGicAddresses || places === null
      ? arm
      : {
          ...arm,
          gicdBase: BigInt(places.distributor),
          gicrBase: BigInt(places.redistributors ?? 0),
          giccBase: BigInt(places.cpuInterface ?? 0),
          gichBase: BigInt(places.hypervisorInterface ?? 0),
          gicvBase: BigInt(places.virtualInterface ?? 0),
          maintenanceIrq: places.maintenanceIrq ?? usualMaintenanceIrq,
        };
  return terms.hasGicVersion ? addresses : { ...addresses, gicVersion: addresses.gicrBase === 0n ? 2 : 3 };
}

/**
 * Links of shared memory that a config of an older revision has, and that are left out: the device was another one then.
 *
 * @param cell as it is read without a machine
 */
export function linksLeftOut({ pciDevices }: CellConfig, { hasLinks }: RevisionTerms): number {
  return hasLinks ? 0 : pciDevices.filter(({ type }) => type === pciTypes.ivshmem).length;
}
