import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { pageSize, type Region } from "../facts/region.js";
import { splitAtPages } from "../facts/whole-pages.js";
import { hex, regionText } from "../words.js";

export const memSubpageNoWidth = defineRule({
  id: "mem-subpage-no-width",
  family: "memory",
  title: "Trapped region without widths of access",
  severity: "error",
  scope: "set",
  statement: "A region that is not made of whole pages says which widths of access it allows.",
  explanation:
    "The hypervisor traps each access to such a region and lets those pass whose width has a flag, `io-8` to `io-64`. Without any of them, none passes.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO %s, address: %lx, size: %x"],
      text: "The first access to the region parks the CPU that makes it.",
    },
  },
  help: "add the widths that the registers are accessed with, mostly `io-32`; if the region is memory, start and end it at multiples of 4K",
  sources: ["hypervisor/mmio.c:321", "include/jailhouse/cell-config.h:165"],
  after: ["mem-addr-range", "ivshm-state-table", "comm-size"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32
}`,
  },
  *find({ set }) {
    for (const config of set.all) {
      for (const region of trappedForNothing(config)) {
        if (linksOfRegion(region).size === 0) yield { ...told(region), fixes: splitAtPages(region) };
      }
    }
    for (const [first, ...others] of sectionsByLink(set)) yield toldOfLink(first, others);
  },
});

function trappedForNothing({ regions }: CheckedConfig): readonly Region[] {
  return regions.filter(({ isSubPage, hasWidth, read, write }) => isSubPage && !hasWidth && (read || write));
}

/** Of all ends, the root cell's first: what is wrong with a link is one mistake. */
function sectionsByLink({ all }: CheckedSet): Iterable<readonly [Region, ...Region[]]> {
  const ofLinks = new Map<number, [Region, ...Region[]]>();
  for (const region of all.flatMap(trappedForNothing)) {
    const [bdf] = linksOfRegion(region);
    if (bdf === undefined) continue;
    const known = ofLinks.get(bdf);
    if (known === undefined) ofLinks.set(bdf, [region]);
    else known.push(region);
  }
  return ofLinks.values();
}

function told(region: Region): Hit<"parked"> {
  const { virt, size } = region;
  const reason = virt.start % pageSize === 0n ? `has ${hex(size)} bytes` : `starts at ${hex(virt.start)}`;
  return {
    at: region.spot("flags"),
    message: `${regionText(region)} ${reason}, so that each access is trapped, and none is allowed`,
    label: "no width of access",
    ...(isMemory(region) ? { help: "start and end the region at multiples of 4K, as the cell sees it" } : {}),
  };
}

/** Programs and what is loaded are no registers: traps would be of no use. */
function isMemory({ execute, loadable }: Region): boolean {
  return execute || loadable;
}

/** The sections of a link lie one behind the other: where one has an odd size, those behind it start at odd places. */
function toldOfLink(first: Region, others: readonly Region[]): Hit<"parked"> {
  return {
    ...told(first),
    at: first.spot(first.virt.start % pageSize === 0n ? "size" : "virtStart"),
    label: "not at pages",
    also: others.map((section) => ({ at: section.spot("flags"), text: "no width of access" })),
    help: "start each section of the link at a multiple of 4K, and give it such a size",
  };
}
