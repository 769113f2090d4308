import type { CheckedConfig, Machine } from "../facts/checked-config.js";
import { firstFew } from "../facts/first-few.js";
import { byStart, type Interval, IntervalIndex, intersection, merged, without } from "../facts/intervals.js";
import type { PhysicalRange, Region } from "../facts/region.js";
import { hex, isNamedByLink, linkText, ownRegionText, regionText, sectionText } from "../words.js";
import { cpuRights, dmaRights, hasAny, type Rights, rightsText } from "./access.js";
import type { AddressMap } from "./address-map.js";
import { type Access, type Agent, isByCpus, type Link, type Loss } from "./answer.js";
import type { CellView } from "./cell-view.js";
import { mastersOf } from "./masters.js";
import { tablePassages } from "./msix-table.js";
import { landings } from "./paging.js";
import type { Partition } from "./partition.js";
import { passesOf } from "./sub-page.js";

const everything: Rights = { read: true, write: true, execute: false };

/** Who reaches physical memory, and how. @param wanted half-open physical addresses */
export function memoryAccesses(partition: Partition, wanted: Interval): readonly Access[] {
  const { machine } = partition;
  const masters = mastersOf(partition);
  const takers = takersOf(partition);
  return [...partition.views.values()].flatMap((view) => [
    ...mappedPages(view, wanted, machine),
    ...trappedPages(view, wanted, machine),
    ...masters
      .filter(({ cell }) => cell === view.config)
      .flatMap((each): readonly Access[] => {
        const { cell, agents, table, tableOf, bits, chain } = each;
        const common = { cell, by: agents };
        if (table === null)
          return [{ ...common, rights: everything, range: wanted, seenAt: wanted.start, chain }];
        const rightsOf = bits === "cpu" ? withoutExecute : dmaRights;
        return pieces(table, wanted, machine, rightsOf).map(({ rights, range, seenAt, region }) => {
          const maps = region === null ? [] : [mapLink(region, rights, seenAt, bits === "dma")];
          const left = region === null ? [] : leftBehind(takers, tableOf, range);
          return { ...common, rights, range, seenAt, chain: [...maps, ...left, ...chain] };
        });
      }),
  ]);
}

function withoutExecute(access: number): Rights {
  return { ...cpuRights(access), execute: false };
}

interface Piece {
  readonly rights: Rights;
  readonly range: Interval;
  readonly seenAt: bigint;
  readonly region: Region | null;
}

function pieces(
  table: AddressMap,
  wanted: Interval,
  machine: Machine,
  rightsOf: (access: number) => Rights,
): readonly Piece[] {
  const found: Piece[] = [];
  for (const { start, end, backing, phys, access, region } of table.all()) {
    const rights = rightsOf(access);
    if (backing !== "physical" || !hasAny(rights)) continue;
    for (const { range, offset } of landings({ start: phys, end: phys + (end - start) }, wanted, machine))
      found.push({ rights, range, seenAt: start + offset, region });
  }
  return found.sort((one, other) => byStart(one.range, other.range));
}

const cpu: Agent = { kind: "cpu" };

function mappedPages({ config, memory }: CellView, wanted: Interval, machine: Machine): readonly Access[] {
  const sections = sectionsOf(config);
  return pieces(memory, wanted, machine, cpuRights).map(({ rights, range, seenAt, region }) => {
    const section = region === null || isNamedByLink(region) ? undefined : sections.get(region.index);
    const maps = region === null ? interfaceLink(config) : [mapLink(region, rights, seenAt, false)];
    return {
      cell: config,
      by: [cpu],
      rights,
      range,
      seenAt,
      chain: section === undefined ? maps : [...maps, section],
    };
  });
}

/** The only memory of the machine that the hypervisor maps on its own is the GIC's virtual CPU interface. */
function interfaceLink(config: CheckedConfig): readonly Link[] {
  return [{ at: config.cellSpot(), text: "the hypervisor gives every cell the GIC's virtual CPU interface" }];
}

function trappedPages(view: CellView, wanted: Interval, machine: Machine): readonly Access[] {
  const { config, handlers } = view;
  return handlers.all
    .flatMap((handler) => [...passesOf(view, handler), ...tablePassages(view, handler, wanted, machine)])
    .flatMap(({ at, rights, phys, virt, text }): readonly Access[] =>
      landings(phys, wanted, machine).map(({ range, offset }) => {
        const seenAt = virt + offset;
        const link = { at, text: `${text} at ${hex(seenAt)}, ${rightsText(rights)}` };
        return { cell: config, by: [cpu], rights, range, seenAt, chain: [link] };
      }),
    );
}

function mapLink(region: Region, rights: Rights, seenAt: bigint, isDma: boolean): Link {
  const verb = isDma ? "opens it to devices" : "maps it";
  return {
    at: region.spot(),
    text: `${ownRegionText(region)} ${verb} at ${hex(seenAt)}, ${rightsText(rights)}`,
  };
}

/** What shared-memory devices make of regions, by the index of the region. */
function sectionsOf(config: CheckedConfig): ReadonlyMap<number, Link> {
  const sections = new Map<number, Link>();
  for (const device of config.ivshmemDevices) {
    const { shmemGeneration, shmemRegionsStart: first, shmemPeers } = device;
    const last = shmemGeneration === "one-region" ? first : first + 1 + shmemPeers;
    for (let index = first; index <= last; index++) {
      const what = shmemGeneration === "one-region" ? "the memory" : sectionText(index - first, device);
      const text = `the region is ${what} of ${linkText(device)}`;
      if (!sections.has(index)) sections.set(index, { at: config.spot(device), text });
    }
  }
  return sections;
}

/** Why the tables of an IOMMU still have what the CPUs of the root cell have lost. */
function leftBehind(
  takers: IntervalIndex<PhysicalRange>,
  owner: CheckedConfig,
  range: Interval,
): readonly Link[] {
  if (!owner.isRoot) return [];
  return firstFew(takers.overlapping(range), takersNamed).map(({ region: taker }) => ({
    at: taker.spot(),
    text: `${regionText(taker)} takes it from the root cell's CPUs only: without \`dma\` it stays in the root cell's IOMMU table`,
  }));
}

/** Regions of cells for which the root cell's CPUs give up access, and VT-d does not; none without VT-d. */
function takersOf({ views, iommu }: Partition): IntervalIndex<PhysicalRange> {
  const cells = iommu === "own-tables" ? [...views.keys()].filter(({ isRoot }) => !isRoot) : [];
  return new IntervalIndex(
    cells
      .flatMap(({ byPhysical }) => byPhysical.items)
      .filter(({ region: { rootShared, loadable, dma } }) => !dma && (!rootShared || loadable)),
  );
}

/** Who they are is what matters, not how many. */
const takersNamed = 4;

/** What the root cell's config lists and its CPUs have lost to a cell. */
export function memoryLosses(
  { system, views }: Partition,
  wanted: Interval,
  accesses: readonly Access[],
): readonly Loss[] {
  if (system === null) return [];
  const mine = accesses.filter((each) => each.cell === system && isByCpus(each));
  const kept = merged(mine.map(({ range }) => range));
  const had = merged([...system.byPhysical.overlapping(wanted)].map((each) => intersection(each, wanted)!));
  const lost = new IntervalIndex(had.flatMap((each) => without(each, kept)));
  // Of a trapped region root loses all where a cell takes a part, which need not be the part that is asked about.
  const trapped = [...system.byPhysical.overlapping(wanted)].filter(({ region }) => region.isSubPage);
  return [...views.keys()].flatMap((config): readonly Loss[] => {
    if (config.isRoot) return [];
    const takers = merged([wanted, ...trapped]).flatMap((each) => [...config.byPhysical.overlapping(each)]);
    return takers.flatMap(({ region, start, end }): readonly Loss[] => {
      if (region.rootShared && !region.loadable) return [];
      const whole = trapped.find((each) => start >= each.start && start < each.end);
      const taken = whole ?? { start, end };
      const gap = lost.first(taken);
      const range = gap === undefined ? undefined : intersection(gap, taken);
      if (range === undefined) return [];
      const own = system.byPhysical.first(range)!.region;
      const chain = [
        { at: own.spot(), text: `${regionText(own)} has it` },
        {
          at: region.spot(),
          text: `${regionText(region)} takes it away${whole === undefined ? "" : ", and all that is trapped with it"}`,
        },
      ];
      return [{ cell: system, to: config, range, chain }];
    });
  });
}
