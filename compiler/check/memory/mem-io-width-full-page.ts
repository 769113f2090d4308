import { hasFlag } from "../../ir/names.js";
import { defineRule } from "../define-rule.js";
import { dropFlags } from "../facts/region-fixes.js";
import { flagsText, regionText } from "../words.js";

const trapFlags = [
  "JAILHOUSE_MEM_IO_UNALIGNED",
  "JAILHOUSE_MEM_IO_8",
  "JAILHOUSE_MEM_IO_16",
  "JAILHOUSE_MEM_IO_32",
  "JAILHOUSE_MEM_IO_64",
];

export const memIoWidthFullPage = defineRule({
  id: "mem-io-width-full-page",
  family: "memory",
  title: "Widths of access without effect",
  severity: "info",
  scope: "config",
  statement: "Only trapped regions say which widths of access they allow.",
  explanation:
    "Widths are checked when an access traps. A region whose `virt_start` and `size` are multiples of 4K is mapped, and the cell accesses it without the hypervisor.",
  consequences: {
    ineffective: {
      step: "run",
      outcome: "harmless",
      text: "The flags have no effect: accesses of every width pass.",
    },
  },
  help: "drop the flags",
  sources: ["hypervisor/mmio.c:321", "include/jailhouse/cell-config.h:165"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 4K mapped at 2M rw io-32
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
      const flags = trapFlags.filter((flag) => hasFlag(region.node.flags, flag));
      if (!region.isMapped || flags.length === 0) continue;
      const names = flagsText(region, flags);
      yield {
        at: region.spot("flags"),
        message: `${names} of ${regionText(region)} ${flags.length > 1 ? "have" : "has"} no effect: it is mapped as whole pages`,
        fixes: [dropFlags(region, flags)],
      };
    }
  },
});
