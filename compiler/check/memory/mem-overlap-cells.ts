import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { intersection, overlap, overlapsAcross } from "../facts/intervals.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { memoryBehind, type PhysicalRange, type Region } from "../facts/region.js";
import { isPartlyInRoot } from "../facts/root-memory.js";
import { rangeText } from "../words.js";

export const memOverlapCells = defineRule({
  id: "mem-overlap-cells",
  family: "memory",
  title: "One memory in two cells",
  severity: "error",
  otherwise: "warning for sections of a link of both cells",
  scope: "set",
  statement:
    "Cells that run at the same time share no memory but that of their common shared-memory devices.",
  explanation:
    "The hypervisor takes the memory of a new cell from the root cell, at its physical address, and does not ask whether another cell has it already. Only the sections of a shared-memory device, marked `rootshared`, are meant for several cells; and what nobody can write cannot do harm.",
  consequences: {
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. Both cells reach the memory, and each can destroy what the other one keeps there. When the first of them is destroyed, the root cell gets the memory back while the other cell still uses it.",
    },
    returned: {
      step: "destroy",
      outcome: "isolation",
      text: "Nothing complains. Both cells are meant to use the memory, but when the first of them is destroyed, the root cell gets it back while the other one still uses it.",
    },
  },
  help: "give each cell memory of its own; memory for both belongs to a link",
  deliberate: true,
  sources: ["hypervisor/control.c:382-395", "hypervisor/control.c:521"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(cpu = 2) }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }
scenario both { one; two }`,
  },
  *find({ set }) {
    for (const [first, second, places] of sharedMemory(set)) {
      const common = intersection(first.phys, second.phys)!;
      const isLink = commonLinks(first, second).length > 0;
      yield {
        at: second.spot("physStart"),
        message: `${rangeText(common)} of ${second.config.title} belongs to ${first.config.title}, too`,
        label: "is in both cells",
        also: [{ at: first.spot("physStart"), text: "is here, too" }],
        notes: places > 1 ? [`the two cells have ${places} places in common; this is the first`] : [],
        between: [first.config, second.config],
        as: isLink ? "returned" : "shared",
        ...(isLink
          ? {
              severity: "warning",
              help: "make the region `rootshared` in both cells, or take the memory out of the root cell's regions",
            }
          : {}),
      };
    }
  },
});

/** One pair of regions for each two cells, and in how many places the cells overlap. */
function sharedMemory({ system, cells }: CheckedSet): readonly (readonly [Region, Region, number])[] {
  const ofRoot = { system, links: new Set(system?.ivshmemDevices.map(({ bdf }) => bdf)) };
  const order = new Map(cells.map((cell, index) => [cell, index]));
  const pairs = new Map<number, [Region, Region, number]>();
  const groups = cells.map((cell) => cell.byPhysical.items);
  for (const [one, other] of overlapsAcross(groups, (one, other) => isMistake(one, other, ofRoot))) {
    const places = [order.get(one.region.config)!, order.get(other.region.config)!] as const;
    const [first, second] = places[0] < places[1] ? [one, other] : [other, one];
    const key = Math.min(...places) * cells.length + Math.max(...places);
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, [first.region, second.region, 1]);
    else known[2] += 1;
  }
  return [...pairs.values()];
}

interface OfRoot {
  readonly system: CheckedConfig | null;
  /** Those that the root cell has an end of: what their sections lack has a rule of its own. */
  readonly links: ReadonlySet<number>;
}

function isMistake(one: PhysicalRange, other: PhysicalRange, { system, links }: OfRoot): boolean {
  const [first, second] = [one.region, other.region];
  if (!first.write && !second.write) return false;
  if (!overlap(memoryBehind(first), memoryBehind(second))) return false;
  const isOfLink = linksOfRegion(first).size > 0 || linksOfRegion(second).size > 0;
  if (!isOfLink) return true;
  if (first.rootShared && second.rootShared) return false;
  // Of links, ivshm-overlaps-ram tells what lies in the memory of others.
  const common = commonLinks(first, second);
  if (common.length === 0 || common.some((link) => links.has(link))) return false;
  // The root cell gets back what it has had.
  return system === null || isPartlyInRoot({ phys: intersection(one, other)! }, system);
}

function commonLinks(one: Region, other: Region): readonly number[] {
  const [links, others] = [linksOfRegion(one), linksOfRegion(other)];
  return links.size === 0 || others.size === 0 ? [] : [...links].filter((link) => others.has(link));
}
