import type { CapabilityPlan } from "./capability-lines.js";
import { type DeviceNames, deviceBlock, ivshmemType, signatureOf } from "./device-lines.js";
import type { InterruptContext, NamedChip } from "./interrupt-lines.js";
import type { Machine, Part } from "./machine.js";
import {
  grantedFlags,
  isCommRegion,
  isSayable,
  isWhole,
  type MemoryNames,
  type NamedRegion,
} from "./memory-lines.js";
import { type Names, nameFrom } from "./names.js";
import { type NamedPorts, type PortNames, samePorts } from "./port-lines.js";

/**
 * What cells use of the system by its name. A thing has a name where its comment makes one and a cell uses just that
 * thing; I/O APICs have one without a comment.
 */

export interface Grants {
  readonly memory: MemoryNames;
  readonly ports: PortNames;
  readonly chips: Pick<InterruptContext, "own" | "granted">;
  readonly devices: Pick<DeviceNames, "own" | "granted">;
}

const noGrants: Grants = {
  memory: { own: new Map(), granted: [] },
  ports: { own: new Map(), granted: [] },
  chips: { own: new Map(), granted: [] },
  devices: { own: new Map(), granted: new Map() },
};

/**
 * @param ofLinks regions of the system that links make
 * @param planOf the capabilities of a part
 */
export function planGrants(
  machine: Machine,
  ofLinks: ReadonlySet<number>,
  planOf: (part: Part) => CapabilityPlan,
): Grants {
  const { system, cells, names } = machine;
  if (system === undefined) return noGrants;
  return {
    memory: planMemory(system, cells, names, ofLinks),
    ports: planPorts(system, cells, names),
    chips: planChips(system, cells, names),
    devices: planDevices(system, cells, names, planOf),
  };
}

/** The same for a cell that uses what the system has named. */
export function ofCell({ memory, ports, chips, devices }: Grants): Grants {
  return {
    memory: { own: new Map(), granted: memory.granted },
    ports: { own: new Map(), granted: ports.granted },
    chips: { own: new Map(), granted: chips.granted },
    devices: { own: new Map(), granted: devices.granted },
  };
}

/** The system itself is granted nothing. */
export function ofSystem({ memory, ports, chips, devices }: Grants): Grants {
  return {
    memory: { own: memory.own, granted: [] },
    ports: { own: ports.own, granted: [] },
    chips: { own: chips.own, granted: [] },
    devices: { own: devices.own, granted: new Map() },
  };
}

function planMemory(
  system: Part,
  cells: readonly Part[],
  names: Names,
  ofLinks: ReadonlySet<number>,
): MemoryNames {
  const own = new Map<number, string>();
  const granted: NamedRegion[] = [];
  const wanted = cells.flatMap(({ cell }) => cell.memoryRegions);
  system.cell.memoryRegions.forEach((region, index) => {
    const base = nameFrom(system.commentOf("mem_regions", index));
    if (
      base === undefined ||
      ofLinks.has(index) ||
      !isSayable(region) ||
      isCommRegion(region, region.virtStart)
    )
      return;
    const isUsed = wanted.some((other) => {
      if (grantedFlags(other.flags, region.flags) === undefined) return false;
      const ends = [
        other.physStart === region.physStart,
        other.physStart + other.size === region.physStart + region.size,
      ];
      const isPart = ends.includes(true) && other.size < region.size && other.size > 0n;
      return isWhole(other, region) || (isPart && region.physStart === region.virtStart);
    });
    const bare =
      Object.keys(region.extra).length === 0 && region.residue.length === 0 && region.flags.unknown === 0n;
    if (!isUsed || !bare) return;
    const name = names.claim(base);
    own.set(index, name);
    granted.push({ name, region });
  });
  return { own, granted };
}

function planPorts(system: Part, cells: readonly Part[], names: Names): PortNames {
  const own = new Map<number, string>();
  const granted: NamedPorts[] = [];
  const { portIo } = system.cell;
  if (portIo.kind === "bitmap") return { own, granted };
  const wanted = cells.flatMap(({ cell }) => (cell.portIo.kind === "ranges" ? cell.portIo.ranges : []));
  portIo.ranges.forEach((range, index) => {
    const base = nameFrom(system.commentOf("pio_regions", index));
    if (base === undefined || !wanted.some((other) => samePorts(other, range))) return;
    const name = names.claim(base);
    own.set(index, name);
    granted.push({ name, range });
  });
  return { own, granted };
}

function planChips(
  system: Part,
  cells: readonly Part[],
  names: Names,
): Pick<InterruptContext, "own" | "granted"> {
  const own = new Map<number, string>();
  const granted: NamedChip[] = [];
  if (system.ir.family !== "x86") return { own, granted };
  system.cell.irqchips.forEach((chip, index) => {
    const base = nameFrom(system.commentOf("irqchips", index));
    const isUsed = cells.some(({ cell }) => cell.irqchips.some(({ address }) => address === chip.address));
    if (
      (!isUsed && base === undefined) ||
      chip.address === 0n ||
      // What is said by raw fields would reach the cells that are granted it.
      Object.keys(chip.extra).length > 0 ||
      chip.residue.length > 0 ||
      granted.some(({ chip: known }) => known.address === chip.address)
    )
      return;
    const name = names.claim(base ?? "ioapic");
    own.set(index, name);
    granted.push({ name, chip });
  });
  return { own, granted };
}

function planDevices(
  system: Part,
  cells: readonly Part[],
  names: Names,
  planOf: (part: Part) => CapabilityPlan,
): Pick<DeviceNames, "own" | "granted"> {
  const signatures = (part: Part): readonly string[] =>
    part.cell.pciDevices.map((device, index) =>
      signatureOf(device, deviceBlock(part, index, planOf(part), new Map())),
    );
  const { placed } = planOf(system);
  const wanted = new Set(cells.flatMap(signatures));
  const own = new Map<number, string>();
  const granted = new Map<string, string>();
  signatures(system).forEach((signature, index) => {
    const base = nameFrom(system.commentOf("pci_devices", index));
    const { type } = system.cell.pciDevices[index]!;
    if (base === undefined || type === ivshmemType || placed.has(index)) return;
    if (!wanted.has(signature) || granted.has(signature)) return;
    const name = names.claim(base);
    own.set(index, name);
    granted.set(signature, name);
  });
  return { own, granted };
}
