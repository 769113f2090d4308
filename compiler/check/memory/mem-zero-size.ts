import { defineRule } from "../define-rule.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { hex, regionText } from "../words.js";

export const memZeroSize = defineRule({
  id: "mem-zero-size",
  family: "memory",
  title: "Region without size",
  severity: "info",
  scope: "config",
  statement: "A region has a size.",
  explanation:
    "A region of size 0 is skipped wherever the hypervisor works on memory. In the run of regions of a shared-memory device it stands for a section that is not used; elsewhere it is a leftover, or its size was forgotten.",
  consequences: {
    nothing: { step: "create", outcome: "harmless", text: "The region has no effect." },
  },
  help: "give the region its size, or drop it",
  sources: ["hypervisor/paging.c:280"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 0 mapped at 2M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 4K mapped at 2M rw
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      // One that is all zero was not filled in, which has a rule of its own.
      if (region.size > 0n || region.isZero || linksOfRegion(region).size > 0) continue;
      const { physStart, virtStart } = region.node;
      yield {
        at: region.spot("size"),
        message: `${regionText(region)} has no size, at ${hex(physStart)} mapped at ${hex(virtStart)}`,
      };
    }
  },
});
