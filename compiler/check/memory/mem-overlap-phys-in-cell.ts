import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { intersection, overlap, overlappingPairs } from "../facts/intervals.js";
import { inTableOrder, isSamePlace, memoryBehind, type Region } from "../facts/region.js";
import { tellFew } from "../tell-few.js";
import { ownRegionText, rangeText, regionText } from "../words.js";

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
    yield* tellFew(mistakenPairs(config), () => config, told);
  },
});

type Pair = readonly [Region, Region];

/** In the order of the table. */
function* mistakenPairs(config: CheckedConfig): Generator<Pair, void> {
  for (const [one, other] of overlappingPairs(config.byPhysical.items)) {
    const pair = inTableOrder(one.region, other.region);
    if (overlap(memoryBehind(pair[0]), memoryBehind(pair[1])) && !isTrappedOver(...pair)) yield pair;
  }
}

function told([first, second]: Pair): Hit<"overridden" | "alias"> {
  const common = intersection(first.phys, second.phys)!;
  return {
    at: second.spot("physStart"),
    message: `${rangeText(common)} is in ${regionText(second)} and in ${ownRegionText(first)}`,
    label: "is here, too",
    also: [{ at: first.spot(), text: `${ownRegionText(first)} has it first` }],
    as: isSamePlace(first, second) ? "overridden" : "alias",
  };
}

/** One of them is trapped where the cell sees the other: rules of trapped regions tell that. */
function isTrappedOver(one: Region, other: Region): boolean {
  return (one.isSubPage || other.isSubPage) && overlap(one.virt, other.virt);
}
