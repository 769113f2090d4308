import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { intersection, merged, overlap, overlappingPairs } from "../facts/intervals.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { inTableOrder, isSamePlace, memoryBehind, type Region } from "../facts/region.js";
import { linkText, listed, ownRegionText, rangeText, regionText, sectionText } from "../words.js";

export const memOverlapPhysInCell = defineRule({
  id: "mem-overlap-phys-in-cell",
  family: "memory",
  title: "Physical memory twice in one cell",
  severity: "warning",
  scope: "config",
  statement: "No two regions of a cell stand for the same physical memory.",
  explanation:
    "Jailhouse works through the memory table from its first entry to its last and checks no entry against another. Memory that stands in two entries is mapped, taken from the root cell and given back twice, in the order of the table, and only the flags of one entry count where both are mapped at the same place.",
  consequences: {
    overridden: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. Where both regions lie, the rights and the page sizes of the later entry hold and those of the earlier one are lost.",
    },
    alias: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The cell sees the same memory at two addresses, so that a write through one changes what is read through the other.",
    },
  },
  help: "cut the regions so that each address stands in one of them; if the alias is deliberate, allow it with a reason",
  sources: ["hypervisor/control.c:521", "hypervisor/paging.c:302"],
  after: ["mem-addr-range", "ivshm-overlaps-ram"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3b00_8000 size 64K mapped at 3M r
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3b01_0000 size 64K mapped at 3M r
}`,
  },
  *find({ config }) {
    for (const mistake of mistakes(config)) yield told(mistake);
  },
});

type Pair = readonly [Region, Region];

/** A region that is in the memory of a link, with the sections that it is in. */
interface InLink {
  readonly region: Region;
  readonly device: PciDevice;
  readonly sections: Region[];
}

function* mistakes(config: CheckedConfig): Generator<Pair | InLink, void> {
  const inLinks = new Map<string, InLink>();
  for (const pair of mistakenPairs(config)) {
    const [region, section] = linksOfRegion(pair[0]).size > 0 ? [pair[1], pair[0]] : pair;
    const [bdf] = linksOfRegion(section);
    const ofRegion = linksOfRegion(region);
    // What two links have in common is told of the links.
    if (bdf !== undefined && ofRegion.size > 0 && !ofRegion.has(bdf)) continue;
    if (bdf === undefined || ofRegion.size > 0) {
      yield pair;
      continue;
    }
    const key = `${region.index} ${bdf}`;
    const known = inLinks.get(key);
    if (known !== undefined) known.sections.push(section);
    else {
      const device = config.ivshmemDevices.find((each) => each.bdf === bdf)!;
      inLinks.set(key, { region, device, sections: [section] });
    }
  }
  yield* inLinks.values();
}

/** In the order of the table. */
function* mistakenPairs(config: CheckedConfig): Generator<Pair, void> {
  for (const [one, other] of overlappingPairs(config.byPhysical.items)) {
    const pair = inTableOrder(one.region, other.region);
    if (overlap(memoryBehind(pair[0]), memoryBehind(pair[1])) && !isTrappedOver(...pair)) yield pair;
  }
}

function told(mistake: Pair | InLink): Hit<"overridden" | "alias"> {
  if ("region" in mistake) return toldOfLink(mistake);
  const [first, second] = mistake;
  const common = intersection(first.phys, second.phys)!;
  return {
    at: second.spot("physStart"),
    message: `${rangeText(common)} is in ${regionText(second)} and in ${ownRegionText(first)}`,
    label: "is here, too",
    also: [{ at: first.spot(), text: `${ownRegionText(first)} has it first` }],
    as: isSamePlace(first, second) ? "overridden" : "alias",
  };
}

/** What lies in the way of a link is one mistake, however many sections it is in. */
function toldOfLink({ region, device, sections }: InLink): Hit<"overridden" | "alias"> {
  const ordered = sections.toSorted((one, other) => one.index - other.index);
  const common = merged(ordered.map(({ phys }) => intersection(phys, region.phys)!)).map(rangeText);
  const names = ordered.map(({ index }) => sectionText(index - device.shmemRegionsStart, device));
  const what = device.shmemGeneration === "one-region" ? "the memory" : listed(names);
  return {
    at: region.spot("physStart"),
    message: `${listed(common)} is in ${regionText(region)} and is ${what} of ${linkText(device)}`,
    label: "is here, too",
    also: ordered.map((section) => ({ at: section.spot(), text: "memory of the link" })),
    help: "move the link, or cut the region so that the memory of the link is in no other",
    as: ordered.every((section) => isSamePlace(section, region)) ? "overridden" : "alias",
  };
}

/** One of them is trapped where the cell sees the other: rules of trapped regions tell that. */
function isTrappedOver(one: Region, other: Region): boolean {
  return (one.isSubPage || other.isSubPage) && overlap(one.virt, other.virt);
}
