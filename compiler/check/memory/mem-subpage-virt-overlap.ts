import { defineRule } from "../define-rule.js";
import { intersection, overlappingPairs } from "../facts/intervals.js";
import { ownRegionText, rangeText } from "../words.js";

export const memSubpageVirtOverlap = defineRule({
  id: "mem-subpage-virt-overlap",
  family: "memory",
  title: "Two trap handlers at one address",
  severity: "warning",
  scope: "config",
  statement: "No two trapped regions of a cell overlap where the cell sees them.",
  explanation:
    "The hypervisor finds the handler for an access by a binary search that relies on regions which do not overlap. With two of them at one address it finds one or the other, or none, as their number and order will have it.",
  consequences: {
    missed: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016llx size: %d"],
      text: "An access that one of the regions allows can end in the other one, or in none of them, which parks the CPU. (On ARM the text is `Unhandled data %s at 0x%lx(%d)`.)",
    },
  },
  help: "cut the regions so that they do not overlap",
  sources: ["hypervisor/mmio.c:118-160"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 512 rw io-32
  memory at 0xfea0_0500 size 256 rw io-8
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32
  memory at 0xfea0_0500 size 256 rw io-8
}`,
  },
  *find({ config }) {
    const trapped = config.byVirtual.items.filter(({ region }) => region.isSubPage);
    for (const [one, other] of overlappingPairs(trapped)) {
      const [first, second] =
        one.region.index < other.region.index ? [one.region, other.region] : [other.region, one.region];
      yield {
        at: second.spot(),
        message: `${ownRegionText(first)} and ${ownRegionText(second)} of ${config.title}, which are trapped, have ${rangeText(intersection(one, other)!)} in common`,
        label: rangeText(second.virt),
        also: [{ at: first.spot(), text: rangeText(first.virt) }],
      };
    }
  },
});
