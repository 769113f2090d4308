import { defineRule } from "../define-rule.js";
import { regionText } from "../words.js";

export const memNoAccess = defineRule({
  id: "mem-no-access",
  family: "memory",
  title: "Region without rights",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "A region gives its cell at least one right.",
  explanation:
    "A region that can be neither read nor written nor executed is not visible to the cell. It takes the memory from the root cell all the same, which can be what is wanted.",
  consequences: {
    taken: {
      step: "create",
      outcome: "harmless",
      text: "The cell cannot use the memory, and the root cell loses it until the cell is destroyed.",
    },
    useless: {
      step: "create",
      outcome: "harmless",
      text: "The region has no effect: the cell cannot use the memory, and the root cell keeps it.",
    },
  },
  help: "add rights, or drop the region",
  sources: ["hypervisor/control.c:521"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M none
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M r
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.hasPhysical || region.read || region.write || region.execute) continue;
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} can be neither read nor written nor executed`,
        as: region.rootShared ? "useless" : "taken",
      };
    }
  },
});
