import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { intersection, overlappingPairs } from "../facts/intervals.js";
import { inTableOrder, isSamePlace, type Region } from "../facts/region.js";
import { commOverReset } from "../facts/reset.js";
import { ownRegionText, rangeText, regionText } from "../words.js";

export const memOverlapVirtInCell = defineRule({
  id: "mem-overlap-virt-in-cell",
  family: "memory",
  title: "Two regions at one address of a cell",
  severity: "warning",
  otherwise: "error where the communication region lies over the start of the program",
  scope: "config",
  statement: "A cell sees at most one mapped region at each of its addresses.",
  explanation:
    "Regions are mapped in the order of the table, and a mapping replaces what was mapped at its addresses before. Memory that is covered so stays taken from the root cell, but the cell never sees it.",
  consequences: {
    overridden: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. At the common addresses the cell sees the region that comes later in the table, and that part of the earlier one cannot be reached.",
    },
    reset: {
      step: "start",
      outcome: "ineffective",
      text: "The cell starts, and its CPUs find the communication region where the program should begin. On x86 the first instruction stops them; elsewhere they execute what is no program.",
    },
  },
  help: "map one of the regions somewhere else",
  sources: ["hypervisor/paging.c:302-322", "hypervisor/control.c:521"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3c00_0000 size 64K mapped at 2M + 32K rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3c00_0000 size 64K mapped at 2M + 64K rw
}`,
  },
  *find({ config }) {
    const start = config.isRoot ? undefined : commOverReset(config);
    for (const pair of mistakenPairs(config))
      yield pair[1] === start ? { ...told(pair), as: "reset", severity: "error" } : told(pair);
  },
});

type Pair = readonly [Region, Region];

/** In the order of the table. */
function* mistakenPairs(config: CheckedConfig): Generator<Pair, void> {
  const mapped = config.byVirtual.items.filter(({ region }) => region.isMapped);
  for (const [one, other] of overlappingPairs(mapped)) {
    const pair = inTableOrder(one.region, other.region);
    if (!isSameMemory(...pair)) yield pair;
  }
}

function told([hidden, seen]: Pair): Hit<"overridden" | "reset"> {
  const common = intersection(hidden.virt, seen.virt)!;
  return {
    at: seen.spot("virtStart"),
    message: `${regionText(seen)} hides ${ownRegionText(hidden)} at ${rangeText(common)}`,
    label: "is mapped over it",
    also: [{ at: hidden.spot("virtStart"), text: `${ownRegionText(hidden)} is mapped first` }],
  };
}

/** The common addresses show the same memory in both: that is an overlap of physical memory, which has a rule. */
function isSameMemory(one: Region, other: Region): boolean {
  return isSamePlace(one, other) && one.hasPhysical && other.hasPhysical;
}
