import { defineRule } from "../define-rule.js";
import { virtualIndexOf } from "../facts/region-index.js";
import { ownRegionText, rangeText, regionText } from "../words.js";

export const memSubpageShadowed = defineRule({
  id: "mem-subpage-shadowed",
  family: "memory",
  title: "Trapped region under a mapped one",
  severity: "warning",
  scope: "config",
  statement: "The page in which a cell sees a trapped region is mapped by no other region.",
  explanation:
    "Only accesses to pages that are not mapped reach the hypervisor. Where another region maps the page, the cell accesses memory directly, whatever widths and rights the trapped region has.",
  consequences: {
    open: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The trapped region has no effect: the cell reaches the whole page that the other region maps.",
    },
  },
  help: "take the page out of the larger region, or drop the trapped one",
  sources: ["hypervisor/mmio.c:307"],
  after: ["mem-addr-range", "ivshm-overlaps-ram"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0000 size 64K rw
  memory at 0xfea0_0400 size 256 rw io-32
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0000 size 64K rw
  memory at 0xfea1_0400 size 256 rw io-32
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.isSubPage) continue;
      const mapping = mapped(config).first(region.virt)?.region;
      if (mapping === undefined) continue;
      yield {
        at: region.spot(),
        message: `${regionText(region)} is trapped at ${rangeText(region.virt)}, where ${ownRegionText(mapping)} maps whole pages`,
        label: "is never trapped",
        also: [{ at: mapping.spot(), text: "maps the page" }],
      };
    }
  },
});

/** What is mapped has whole pages: it covers all of a page or nothing. */
const mapped = virtualIndexOf(({ isMapped, read, write, execute }) => isMapped && (read || write || execute));
