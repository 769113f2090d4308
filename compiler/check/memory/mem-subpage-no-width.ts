import { defineRule, type Hit } from "../define-rule.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { pageSize, type Region } from "../facts/region.js";
import { splitAtPages } from "../facts/whole-pages.js";
import { hex, regionText } from "../words.js";

export const memSubpageNoWidth = defineRule({
  id: "mem-subpage-no-width",
  family: "memory",
  title: "Trapped region without widths of access",
  severity: "error",
  scope: "config",
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
  after: ["mem-addr-range", "ivshm-state-table"],
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
  *find({ config }) {
    const ofLinks = new Map<number, Region[]>();
    for (const region of config.regions) {
      if (!region.isSubPage || region.hasWidth || !(region.read || region.write)) continue;
      const [bdf] = linksOfRegion(region);
      if (bdf === undefined) yield { ...told(region), fixes: splitAtPages(region) };
      else if (!ofLinks.has(bdf)) ofLinks.set(bdf, [region]);
      else ofLinks.get(bdf)!.push(region);
    }
    for (const [first, ...others] of ofLinks.values()) yield toldOfLink(first!, others);
  },
});

function told(region: Region): Hit<"parked"> {
  const { virt, size } = region;
  const reason = virt.start % pageSize === 0n ? `has ${hex(size)} bytes` : `starts at ${hex(virt.start)}`;
  return {
    at: region.spot("flags"),
    message: `${regionText(region)} ${reason}, so that each access is trapped, and none is allowed`,
    label: "no width of access",
  };
}

/** The sections of a link lie one behind the other: where one has an odd size, those behind it start at odd places. */
function toldOfLink(first: Region, others: readonly Region[]): Hit<"parked"> {
  return {
    ...told(first),
    also: others.map((section) => ({ at: section.spot("flags"), text: "no width of access" })),
    help: "start each section of the link at a multiple of 4K, and give it such a size",
  };
}
