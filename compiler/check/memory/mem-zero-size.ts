import { defineRule } from "../define-rule.js";
import { linksOfRegion } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { imageRegionWithoutSize } from "../facts/reset.js";
import { hex, regionText } from "../words.js";

export const memZeroSize = defineRule<"config", "nothing" | "missing" | "image">({
  id: "mem-zero-size",
  family: "memory",
  title: "Region without size",
  severity: "info",
  otherwise: "error for the only loadable region, warning for others that are memory by their flags",
  scope: "config",
  statement: "A region has a size.",
  explanation:
    "A region of size 0 is skipped wherever the hypervisor works on memory. In the run of regions of a shared-memory device it stands for a section that is not used; elsewhere it is a leftover, or its size was forgotten.",
  consequences: {
    nothing: { step: "create", outcome: "harmless", text: "The region has no effect." },
    missing: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The cell runs without this memory: a CPU that uses it is parked.",
    },
    image: {
      step: "load",
      outcome: "refused",
      errno: "EINVAL",
      text: "There is no other region that an image can be loaded into.",
    },
  },
  help: "give the region its size, or drop it",
  sources: ["hypervisor/paging.c:280", "driver/cell.c:317-331"],
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
    const image = config.isRoot ? undefined : imageRegionWithoutSize(config);
    for (const region of config.regions) {
      // One that is all zero was not filled in, which has a rule of its own.
      if (region.size > 0n || region.isZero || linksOfRegion(region).size > 0) continue;
      const { physStart, virtStart } = region.node;
      yield {
        at: region.spot("size"),
        message: `${regionText(region)} has no size, at ${hex(physStart)} mapped at ${hex(virtStart)}`,
        ...(region === image ? images : isMemory(region) ? memories : {}),
      };
    }
  },
});

const images = { as: "image", severity: "error" } as const;
const memories = { as: "missing", severity: "warning" } as const;

/** Nobody executes, loads or hands to devices what is not there. */
function isMemory({ execute, loadable, dma, comm }: Region): boolean {
  return !comm && (execute || loadable || dma);
}
