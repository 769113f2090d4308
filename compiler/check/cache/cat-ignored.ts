import { defineRule } from "../define-rule.js";
import { hasCacheControl } from "../facts/cache-ways.js";
import { count, machinesText } from "../words.js";

export const catIgnored = defineRule({
  id: "cat-ignored",
  family: "cache",
  title: "Cache regions where the cache is not partitioned",
  severity: "info",
  scope: "config",
  statement: "Cache regions are described for Intel processors only.",
  explanation:
    "The hypervisor partitions the L3 cache by a feature of Intel processors. On others it does not read the cache regions of a config.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "harmless",
      text: "Nothing complains, and the cell shares the whole cache with all others.",
    },
  },
  help: "leave the cache regions out, or do not count on them",
  sources: ["hypervisor/arch/x86/cat.c:144"],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc { use amd-pc() }
cell demo { use inmate(); cache l3 ways 0-1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 0-1 }`,
  },
  *find({ config, set }) {
    const [first, ...others] = config.cell.cacheRegions;
    if (first === undefined || config.machines.length === 0 || hasCacheControl(set, config)) return;
    const machine = config.machine === "x86" ? "an AMD processor" : machinesText(config);
    yield {
      at: config.spot(first),
      message: `${count(1 + others.length, "cache region")} for ${machine}, on which the cache is not partitioned`,
    };
  },
});
