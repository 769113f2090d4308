import { hasFlag } from "../../ir/names.js";
import { defineRule } from "../define-rule.js";
import { flagsText, regionText } from "../words.js";

const uselessFlags = [
  "JAILHOUSE_MEM_EXECUTE",
  "JAILHOUSE_MEM_DMA",
  "JAILHOUSE_MEM_COMM_REGION",
  "JAILHOUSE_MEM_LOADABLE",
  "JAILHOUSE_MEM_NO_HUGEPAGES",
];

export const memSubpageFlags = defineRule({
  id: "mem-subpage-flags",
  family: "memory",
  title: "Flags without effect on a trapped region",
  severity: "info",
  scope: "config",
  statement: "A trapped region has only flags that have an effect on it.",
  explanation:
    "A region that is not made of whole pages is never mapped: no code runs there, no image is loaded there, no device gets at it, and there are no pages to be large or small. What remains are the rights to read and write, and the widths.",
  consequences: {
    ineffective: { step: "run", outcome: "harmless", text: "The flags have no effect." },
  },
  help: "drop the flags, or make the region of whole pages if they are needed",
  sources: ["hypervisor/mmio.c:307"],
  after: ["mem-addr-range", "comm-size"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32 dma
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.isSubPage) continue;
      const useless = uselessFlags.filter((flag) => hasFlag(region.node.flags, flag));
      if (useless.length === 0) continue;
      yield {
        at: region.spot("flags"),
        message: `${flagsText(region, useless)} ${useless.length > 1 ? "have" : "has"} no effect on ${regionText(region)}, which is trapped`,
      };
    }
  },
});
