import { commonSections } from "../../ir/pci.js";
import type { CapabilityPlan } from "./capability-lines.js";
import { deviceLine, ivshmemType } from "./device-lines.js";
import type { Grants } from "./grants.js";
import { interruptLines, irqLineLines } from "./interrupt-lines.js";
import type { Line } from "./lines.js";
import { line } from "./lines.js";
import type { LinkText } from "./link-lines.js";
import { protocolKey } from "./link-shape.js";
import { type Link, type LinkEnd, type PartLinks, usualLinkName } from "./links.js";
import { type Part, tableOf } from "./machine.js";
import { isCommRegion, isEmptyRegion, isSayable, memoryLine } from "./memory-lines.js";
import { type Names, nameFrom } from "./names.js";
import { portLines } from "./port-lines.js";
import { cacheLines, extraTableLines, streamLines } from "./small-lines.js";

/** The tables of a cell or of the root cell. */

export interface CellContext {
  readonly part: Part;
  readonly grants: Grants;
  readonly links: PartLinks;
  readonly textOf: (link: Link) => LinkText;
  readonly plan: CapabilityPlan;
  /** Address of the GIC's distributor; null without a system that has one. */
  readonly gic: bigint | null;
  readonly mmu500: boolean;
  /** Names that are free in the block. */
  readonly names: Names;
}

/** Groups of lines, each in the order of its table. */
export function tableGroups(context: CellContext): readonly (readonly Line[])[] {
  const { part, grants, links, textOf, plan, gic, mmu500 } = context;
  const regionNames = namesOfRegions(context);
  const own = new Map([...grants.memory.own, ...regionNames]);
  const memory = memoryLines(context, { ...grants.memory, own });
  const devices = deviceLines(context, own);
  const merged = links.isUsualOrder ? [] : interleaved(context, memory, devices);
  const implied = new Set(links.ends.flatMap(({ link, end }) => textOf(link).interruptOf(end) ?? []));
  const hasChips = tableOf(part.profile, "irqchips") !== undefined;
  return [
    links.isUsualOrder ? memory.map(({ line: each }) => each) : merged,
    cacheLines(part),
    hasChips ? interruptLines(part, { gic, implied, ...grants.chips }) : irqLineLines(part),
    streamLines(part, mmu500),
    portLines(part, grants.ports),
    links.isUsualOrder ? devices.map(({ line: each }) => each) : [],
    plan.loose,
    extraTableLines(part),
  ];
}

/** A line and the place in its table. */
interface Placed {
  readonly index: number;
  readonly line: Line;
}

/** First regions of shared-memory devices: these refer to them by name. */
function namesOfRegions({ part, links, grants, names }: CellContext): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const ofLinks = new Set(links.ends.map(({ end }) => end.device));
  part.cell.pciDevices.forEach(
    ({ type, shmemRegionsStart: first, shmemGeneration, shmemProtocol }, index) => {
      const region = part.cell.memoryRegions[first];
      if (type !== ivshmemType || ofLinks.has(index) || shmemGeneration === null || region === undefined)
        return;
      const isNamed = found.has(first) || grants.memory.own.has(first);
      const nameless = !isSayable(region) || isEmptyRegion(region) || isCommRegion(region, region.virtStart);
      if (isNamed || nameless || isOfLink(first, links)) return;
      found.set(
        first,
        names.claim(
          nameFrom(part.commentOf("mem_regions", first)) ?? usualLinkName(protocolKey(shmemProtocol)),
        ),
      );
    },
  );
  return found;
}

function isOfLink(region: number, { ends }: PartLinks): boolean {
  return ends.some(({ link, end }) => region >= end.region && region < end.region + lengthOf(link));
}

export function lengthOf({ sections }: Link): number {
  return commonSections + sections.peers;
}

function memoryLines({ part, links }: CellContext, names: Grants["memory"]): readonly Placed[] {
  const lines: Placed[] = [];
  const regions = part.cell.memoryRegions;
  let hasComm = false;
  for (let index = 0; index < regions.length; index++) {
    if (isOfLink(index, links)) continue;
    const empty = countEmpty(part, index, links);
    if (empty > 0) {
      lines.push({ index, line: line(empty === 1 ? "memory empty" : `memory empty times ${empty}`) });
      index += empty - 1;
      continue;
    }
    const made = memoryLine(part, index, names, !hasComm);
    if (/^comm\b/.test(made.text)) hasComm = true;
    lines.push({ index, line: made });
  }
  return lines;
}

/** What one statement makes. */
const mostEmpty = 0xffff;

/** Empty regions from `index` on that nobody commented on. */
function countEmpty(part: Part, index: number, links: PartLinks): number {
  const { memoryRegions } = part.cell;
  let end = index;
  while (
    end - index < mostEmpty &&
    memoryRegions[end] !== undefined &&
    isEmptyRegion(memoryRegions[end]!) &&
    !isOfLink(end, links) &&
    part.commentOf("mem_regions", end) === undefined
  )
    end += 1;
  return end - index;
}

function deviceLines(
  { part, links, plan, grants }: CellContext,
  regions: ReadonlyMap<number, string>,
): readonly Placed[] {
  const ofLinks = new Set(links.ends.map(({ end }) => end.device));
  return part.cell.pciDevices.flatMap((_, index) =>
    ofLinks.has(index)
      ? []
      : [{ index, line: deviceLine(part, index, plan, { ...grants.devices, regions }) }],
  );
}

/** Memory and devices in the order of their tables, with a line for each link between. */
function interleaved(
  { links, textOf }: CellContext,
  memory: readonly Placed[],
  devices: readonly Placed[],
): readonly Line[] {
  const lines: Line[] = [];
  let nextRegion = 0;
  let nextDevice = 0;
  const take = (region: number, device: number): void => {
    while (memory[nextRegion] !== undefined && memory[nextRegion]!.index < region)
      lines.push(memory[nextRegion++]!.line);
    while (devices[nextDevice] !== undefined && devices[nextDevice]!.index < device)
      lines.push(devices[nextDevice++]!.line);
  };
  for (const { link, end } of links.ends) {
    take(end.region, end.device);
    lines.push(linkLine(link, end, textOf));
  }
  take(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return lines;
}

function linkLine(link: Link, end: LinkEnd, textOf: (link: Link) => LinkText): Line {
  return line(`link ${link.name}`, textOf(link).blockOf(end));
}
