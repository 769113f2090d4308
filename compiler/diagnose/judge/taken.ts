/** Who has a piece of memory, or ports, that a cell must not get besides. */

import type { CheckedConfig } from "../../check/facts/checked-config.js";
import {
  configurationSpace,
  interruptControllers,
  iommuRegisters,
  virtualBarWindow,
} from "../../check/facts/intercepted.js";
import { type Interval, overlap } from "../../check/facts/intervals.js";
import type { Link } from "../../check/reach/answer.js";
import type { Spot } from "../../check/spot.js";
import { deviceText, listed, regionText } from "../../check/words.js";
import type { CellScene, Judgement, Offer } from "./judgement.js";

/** `text` completes "the address belongs to ...". */
export interface Owner {
  readonly text: string;
  readonly at: Spot | null;
}

export const hypervisorMemory = "the hypervisor's own memory";

/** So many owners are named. */
const mostOwners = 4;

/** What the hypervisor keeps for itself, or answers for. @param range of physical addresses */
export function guardedBy(range: Interval, { set, cell }: CellScene): readonly Owner[] {
  const { system, all } = set;
  const memory = system?.system?.hypervisorMemory;
  const owners: Owner[] = [];
  if (memory !== undefined) {
    const own = { start: memory.physStart, end: memory.physStart + memory.size };
    if (overlap(own, range)) owners.push({ text: hypervisorMemory, at: system!.spot(memory) });
  }
  const configs = system === null || system === cell ? [cell] : [cell, system];
  const resources = [
    ...configs.flatMap((config) => interruptControllers(config, set)),
    ...(system === null
      ? []
      : [configurationSpace(system) ?? [], virtualBarWindow(system) ?? [], iommuRegisters(system)].flat()),
  ];
  const known = new Set<string>();
  for (const resource of resources) {
    if (!overlap(resource, range) || known.has(resource.name)) continue;
    known.add(resource.name);
    owners.push({ text: resource.name, at: resource.spot ?? null });
  }
  for (const config of all)
    for (const device of config.physicalDevices) {
      const { msixAddress, msixRegionSize } = device;
      const table = { start: msixAddress, end: msixAddress + BigInt(msixRegionSize) };
      if (msixAddress === 0n || !overlap(table, range)) continue;
      owners.push({ text: `the interrupt table of ${deviceText(device)}`, at: config.spot(device) });
    }
  return owners.slice(0, mostOwners);
}

/** Those that can run at the same time as this one: cells with a CPU in common are alternatives. */
export function cellsBeside({ set, cell }: Pick<CellScene, "set" | "cell">): readonly CheckedConfig[] {
  const own = new Set(cell.isRoot ? [] : cell.cpus);
  return set.cells.filter((config) => config !== cell && !config.cpus.some((cpu) => own.has(cpu)));
}

/** Regions of cells other than this one and the root cell. @param range of physical addresses */
export function otherCellsAt(range: Interval, scene: CellScene): readonly Owner[] {
  const owners: Owner[] = [];
  for (const config of cellsBeside(scene)) {
    for (const { region } of config.byPhysical.overlapping(range)) {
      owners.push({ text: regionText(region), at: region.spot() });
      if (owners.length === mostOwners) return owners;
    }
  }
  return owners;
}

export function otherCellsWithPorts(start: number, end: number, scene: CellScene): readonly CheckedConfig[] {
  return cellsBeside(scene).filter((config) =>
    config.ports.some((each) => each.start < end && each.end > start),
  );
}

const machinePorts: readonly (readonly [first: number, last: number, text: string])[] = [
  [0x00, 0x1f, "the DMA controller, which reaches all memory"],
  [0x20, 0x21, "the legacy interrupt controllers"],
  [0x40, 0x43, "the legacy timer"],
  [0x92, 0x92, "the fast reset register"],
  [0xa0, 0xa1, "the legacy interrupt controllers"],
  [0xb2, 0xb3, "the port that calls the firmware"],
  [0xc0, 0xdf, "the DMA controller, which reaches all memory"],
  [
    0xcf8,
    0xcff,
    "PCI configuration space, which the hypervisor has to see each access to, and the reset register",
  ],
];

/** Ports that act on the whole machine. */
export function machinePort(start: number, end: number): string | undefined {
  return machinePorts.find(([first, last]) => first < end && last >= start)?.[2];
}

export function linksTo(owners: readonly Owner[]): readonly Link[] {
  return owners.flatMap(({ text, at }) => (at === null ? [] : [{ at, text: `here is ${text}` }]));
}

/** Nothing is offered of what somebody else has. */
export function offered(
  owners: readonly Owner[],
  offer: Offer | null,
): Pick<Judgement, "offers" | "withheld"> {
  if (owners.length > 0) return { withheld: [`it belongs to ${listed(owners.map(({ text }) => text))}`] };
  return offer === null ? {} : { offers: [offer] };
}
