import { contains, type Interval } from "../../check/facts/intervals.js";
import type { Region } from "../../check/facts/region.js";
import type { Change } from "../../check/fix.js";
import { rightsText } from "../../check/reach/access.js";
import type { Link } from "../../check/reach/answer.js";
import { whoReaches } from "../../check/reach/reach.js";
import {
  count,
  flagsText,
  hex,
  listed,
  ownRegionText,
  rangeText,
  regionText,
  sizeText,
} from "../../check/words.js";
import { hasFlag } from "../../ir/names.js";
import { isGranted } from "./granted.js";
import type { CellScene, Judgement } from "./judgement.js";
import {
  commOffer,
  extension,
  flagsFor,
  type MemoryAccess,
  newRegion,
  physOf,
  rangeOf,
} from "./memory-offers.js";
import { guardedBy, hypervisorMemory, linksTo, type Owner, offered, otherCellsAt } from "./taken.js";

export function judgeMemory(access: MemoryAccess, scene: CellScene): Judgement {
  const { cell, partition } = scene;
  const range = rangeOf(access);
  const inside = [...cell.byVirtual.overlapping(range)].map(({ region }) => region);
  const mapping = partition.views.get(cell)!.memory.next(access.address);
  const region = mapping !== undefined && mapping.start <= access.address ? mapping.region : null;
  if (isGranted(access, cell, partition)) return grantedAlready(inside, scene);
  if (region !== null && contains(region.virt, range)) return withoutRight(region, access, scene);
  const lost = cell.isRoot ? lostTo(range, scene) : undefined;
  if (lost !== undefined) return lost;
  const trapped = inside.find((each) => each.isSubPage && contains(each.virt, range));
  if (trapped !== undefined) return withinTrapped(trapped, access);
  const guarded = guardedBy(range, scene);
  if (guarded.length > 0) return atGuarded(guarded, access, scene);
  const crossed = inside.find((each) => each.virt.start <= range.start);
  return crossed === undefined ? outside(access, scene) : acrossEnd(crossed, access, scene);
}

function grantedAlready(inside: readonly Region[], { cell }: CellScene): Judgement {
  const [region] = inside;
  return {
    but: "but this config grants it",
    at: region?.spot() ?? cell.cellSpot("name"),
    label: region === undefined ? "" : `${ownRegionText(region)} is ${rightsText(region)}`,
    notes: [
      "the machine was not running what is checked here: another version of the config, or another cell had taken the memory",
    ],
    help: "build the config and load it again, or diagnose the log with the config that was running",
  };
}

/** The hypervisor has not found the region, or code was to run in it. */
function withinTrapped(region: Region, { direction }: MemoryAccess): Judgement {
  const isCode = direction === "execute";
  return {
    but: isCode
      ? `${ownRegionText(region)} is not mapped, since its start or its size is no multiple of the page`
      : `${ownRegionText(region)} is not found there, since another trapped region overlaps it`,
    at: region.spot(isCode ? "size" : undefined),
    label: `${ownRegionText(region)}, ${rangeText(region.virt)}`,
    help: isCode
      ? "give memory that code runs in whole pages"
      : "take trapped regions apart, so that none overlaps another one",
  };
}

function withoutRight(region: Region, access: MemoryAccess, scene: CellScene): Judgement {
  const { cell } = scene;
  const missing = flagsFor(access, scene).filter((flag) => !hasFlag(region.node.flags, flag));
  const phys = physOf(region, rangeOf(access));
  const others = region.comm ? [] : otherCellsAt(phys, scene);
  const guarded = region.comm ? [] : guardedBy(phys, scene);
  const at = { ...region.spot(), field: "flags" };
  const changes = missing.map((name): Change => ({ kind: "flag", at, name, on: true }));
  const rights = rightsText(region);
  const has = rights === "" ? "no rights" : `\`${rights}\` only`;
  return {
    but: `${ownRegionText(region)} has ${has}`,
    at: region.spot("flags"),
    label: `${ownRegionText(region)}, ${rangeText(region.virt)}: ${rights === "" ? "no rights" : rights}`,
    also: linksTo([...others, ...guarded]),
    help:
      others.length + guarded.length > 0
        ? "mend the program: others rely on the rights that it has"
        : `give ${regionText(region)} ${flagsText(region, missing)}, if ${cell.title} is meant to ${access.direction} there`,
    ...offered([...others, ...guarded], {
      title: `add ${flagsText(region, missing)}`,
      access,
      ways: [changes],
    }),
  };
}

function lostTo(range: Interval, { cell, partition }: CellScene): Judgement | undefined {
  const target = { kind: "memory", from: range.start, to: range.end - 1n } as const;
  const loss = whoReaches(partition, target).losses.find((each) => each.cell === cell);
  if (loss === undefined) return undefined;
  const [had, took] = loss.chain;
  return {
    but: `${loss.to.title} has it`,
    at: took?.at ?? loss.to.cellSpot(),
    label: took?.text ?? "",
    also: had === undefined ? [] : [had],
    help: "keep Linux from using it: `memmap=` on the kernel command line, a reserved-memory node, or no driver for the device",
    withheld: [`the memory is that of ${loss.to.title}`],
  };
}

function atGuarded(
  owners: readonly Owner[],
  access: MemoryAccess,
  { cell, set, partition }: CellScene,
): Judgement {
  const [first] = owners;
  const isChip = first!.text.includes("APIC") && partition.isX86;
  const help =
    isChip && !cell.isRoot
      ? "list the I/O APIC as `irqchip` of the cell with the pins that it needs: the hypervisor stands in for it then"
      : `${cell.title} has to do without: the hypervisor gives access to its own part only, by the entries for interrupts and devices`;
  return {
    but: `the address belongs to ${listed(owners.map(({ text }) => text))}`,
    at: first!.at ?? cell.cellSpot("name"),
    label: first!.at === null ? "" : "it is here",
    also: linksTo(owners.slice(1)),
    help:
      access.direction === "execute"
        ? "the program has jumped to a wrong address"
        : first!.text === hypervisorMemory
          ? "mend the address in the program"
          : help,
    withheld: [
      `${listed(owners.map(({ text }) => text))} must not be mapped into a cell: ${set.system === null ? "all cells" : "every other cell"} would depend on it`,
    ],
  };
}

function acrossEnd(region: Region, access: MemoryAccess, scene: CellScene): Judgement {
  return {
    but: `${ownRegionText(region)} ends at ${hex(region.virt.end - 1n)}`,
    at: region.spot("size"),
    label: "it ends within the access",
    help: `make ${regionText(region)} longer, or keep the program within it`,
    ...extension(region, access, scene),
  };
}

function outside(access: MemoryAccess, scene: CellScene): Judgement {
  const { cell, set } = scene;
  const range = rangeOf(access);
  const before = nearest(cell.regions, ({ virt }) =>
    virt.end <= range.start ? range.start - virt.end : null,
  );
  const after = nearest(cell.regions, ({ virt }) =>
    virt.start >= range.end ? virt.start - range.end : null,
  );
  const near = [before, after].flatMap((each) => each ?? []);
  const system = set.system === cell ? null : set.system;
  const roots = system === null ? [] : [...system.byPhysical.overlapping(range)].map(({ region }) => region);
  const others = otherCellsAt(range, scene);
  const also: readonly Link[] = [
    ...near
      .slice(1)
      .filter((each) => isNear(each, range))
      .map((region) => ({ at: region.spot(), text: nearText(region, range) })),
    ...roots.slice(0, 2).map((region) => ({
      at: region.spot(),
      text: `${regionText(region)} has the same address of the machine, ${rightsText(region)}`,
    })),
    ...linksTo(others),
  ];
  const [first] = near;
  const judgement = {
    but: `${cell.title} has no memory there`,
    at: first?.spot() ?? cell.cellSpot("name"),
    label: first === undefined ? "it has no regions" : nearText(first, range),
    also,
  };
  if (access.direction === "execute")
    return {
      ...judgement,
      help: "the program has jumped to a wrong address, or its image was loaded elsewhere",
    };
  const comm = commOffer(access, scene);
  if (comm !== undefined)
    return {
      ...judgement,
      also: [],
      but: "the cell has no communication region there",
      offers: [comm],
      help: "programs of upstream's library look for the communication region there: add one",
    };
  const longer = before === undefined ? {} : extension(before, access, scene);
  if (longer.offers !== undefined || longer.withheld !== undefined)
    return {
      ...judgement,
      help: `make ${regionText(before!)} longer, or mend the address in the program`,
      ...longer,
    };
  return { ...judgement, ...newRegion(roots, others, access, scene) };
}

function nearText(region: Region, range: Interval): string {
  const { virt } = region;
  const gap = gapTo(region, range);
  if (virt.end <= range.start)
    return `${ownRegionText(region)} ends at ${hex(virt.end - 1n)}, ${distance(gap, "before")}`;
  return `${ownRegionText(region)} begins at ${hex(virt.start)}, ${distance(gap, "behind")}`;
}

function gapTo({ virt }: Region, range: Interval): bigint {
  return virt.end <= range.start ? range.start - virt.end : virt.start - range.end;
}

/** Regions that are farther away have nothing to do with it; the nearest one is shown all the same. */
const farAway = 1n << 20n;

function isNear(region: Region, range: Interval): boolean {
  return gapTo(region, range) <= farAway;
}

function distance(bytes: bigint, where: string): string {
  if (bytes === 0n) return `right ${where}`;
  if (bytes > farAway) return `far ${where}`;
  return `${bytes < 1024n ? count(bytes, "byte") : sizeText(bytes)} ${where}`;
}

function nearest(regions: readonly Region[], gapOf: (region: Region) => bigint | null): Region | undefined {
  let best: { readonly region: Region; readonly gap: bigint } | undefined;
  for (const region of regions) {
    const gap = region.size > 0n ? gapOf(region) : null;
    if (gap !== null && (best === undefined || gap < best.gap)) best = { region, gap };
  }
  return best?.region;
}
