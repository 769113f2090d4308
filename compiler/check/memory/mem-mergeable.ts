import { defineRule, type RuleFix } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { keepsIndices, linksOf } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { setField } from "../facts/region-fixes.js";
import { listed, regionText, sizeText } from "../words.js";

/** How many of the other regions are named and shown. */
const otherPlaces = 8;

export const memMergeable = defineRule({
  id: "mem-mergeable",
  family: "memory",
  title: "Regions that could be one",
  severity: "info",
  scope: "config",
  statement: "Memory in one piece, with the same flags, is one region.",
  explanation:
    "Regions that follow each other in physical memory and for the cell, with equal flags, can be written as one. Fewer regions make a shorter table, and larger pages where the whole is aligned and its parts are not. An image has to fit into one region.",
  consequences: {
    longer: {
      step: "create",
      outcome: "harmless",
      text: "The cell sees the same memory, through a longer table and perhaps smaller pages.",
    },
  },
  help: "write one region for all of them",
  sources: ["hypervisor/paging.c:302-322", "driver/cell.c:306-331"],
  after: ["mem-addr-range", "mem-overlap-phys-in-cell"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3b01_0000 size 64K mapped at 2M + 64K rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 128K mapped at 2M rw
}`,
  },
  *find({ config }) {
    for (const run of runsOf(config)) {
      const [first, ...others] = run;
      const size = run.reduce((sum, region) => sum + region.size, 0n);
      yield {
        at: first!.spot(),
        message: `${regionText(first!)} goes on in region${others.length > 1 ? "s" : ""} ${listed(named(others))} with the same flags`,
        also: others.slice(0, otherPlaces).map((region) => ({ at: region.spot(), text: "goes on here" })),
        fixes: others.every(keepsIndices) ? [merge(first!, others, size)] : [],
      };
    }
  },
});

function named(regions: readonly Region[]): readonly string[] {
  const names = regions.slice(0, otherPlaces).map(({ index }) => String(index));
  return regions.length > otherPlaces ? [...names, `${regions.length - otherPlaces} more`] : names;
}

/** Two or more regions each, in the order of addresses. */
function runsOf(config: CheckedConfig): readonly (readonly Region[])[] {
  const byStart = new Map<string, Region>();
  const candidates = config.regions.filter(isCandidate);
  for (const region of candidates) byStart.set(keyOf(region, region.phys.start, region.virt.start), region);
  const next = (region: Region): Region | undefined =>
    byStart.get(keyOf(region, region.phys.end, region.virt.end));
  const later = new Set(candidates.map(next));
  const runs = candidates.filter((region) => !later.has(region)).map((region) => runFrom(region, next));
  return runs.filter(({ length }) => length > 1);
}

function runFrom(first: Region, next: (region: Region) => Region | undefined): readonly Region[] {
  const run = [first];
  for (let region = next(first); region !== undefined; region = next(region)) run.push(region);
  return run;
}

/** The sections of a shared-memory device count as they stand. */
function isCandidate(region: Region): boolean {
  return region.isMapped && region.hasPhysical && linksOf(region).size === 0;
}

function keyOf({ node: { flags } }: Region, phys: bigint, virt: bigint): string {
  return `${phys} ${virt} ${flags.names.join(" ")} ${flags.unknown}`;
}

function merge(first: Region, others: readonly Region[], size: bigint): RuleFix {
  return {
    title: `make one region of ${sizeText(size)}`,
    changes: [
      setField(first, "size", size),
      ...others.map((region) => ({ kind: "remove", at: region.spot() }) as const),
    ],
  };
}
