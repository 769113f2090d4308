import { defineRule, type RuleFix } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { keepsIndices, linksOfRegion } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { setField } from "../facts/region-fixes.js";
import { listed, ownRegionText, regionText, sizeText } from "../words.js";

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
        message: `${regionText(first!)} goes on in ${listed(named(others))} with the same flags`,
        also: others.slice(0, otherPlaces).map((region) => ({ at: region.spot(), text: "goes on here" })),
        fixes: others.every(keepsIndices) ? [merge(first!, others, size)] : [],
      };
    }
  },
});

function named(regions: readonly Region[]): readonly string[] {
  const names = regions.slice(0, otherPlaces).map(ownRegionText);
  return regions.length > otherPlaces ? [...names, `${regions.length - otherPlaces} more`] : names;
}

/** Two or more regions each, in the order of addresses. */
function runsOf(config: CheckedConfig): readonly (readonly Region[])[] {
  const runs: Region[][] = [];
  for (const { region } of config.byPhysical.items) {
    if (!isCandidate(region)) continue;
    const run = runs.at(-1);
    if (run !== undefined && goesOn(run.at(-1)!, region)) run.push(region);
    else runs.push([region]);
  }
  return runs.filter(({ length }) => length > 1);
}

/** The sections of a shared-memory device count as they stand. */
function isCandidate(region: Region): boolean {
  return region.isMapped && linksOfRegion(region).size === 0;
}

function goesOn(one: Region, next: Region): boolean {
  return (
    one.phys.end === next.phys.start &&
    one.virt.end === next.virt.start &&
    one.node.flags.unknown === next.node.flags.unknown &&
    one.node.flags.names.join() === next.node.flags.names.join()
  );
}

function merge(first: Region, others: readonly Region[], size: bigint): RuleFix {
  return {
    title: `make one region of ${sizeText(size)}`,
    changes: [
      setField(first, "size", size),
      ...others.map((region) => ({ kind: "remove", at: region.spot(), into: first.spot() }) as const),
    ],
  };
}
