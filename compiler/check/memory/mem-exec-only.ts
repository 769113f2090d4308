import { defineRule } from "../define-rule.js";
import { regionText } from "../words.js";

export const memExecOnly = defineRule({
  id: "mem-exec-only",
  family: "memory",
  title: "Code that cannot be read",
  severity: "warning",
  scope: "config",
  machines: ["x86"],
  statement: "A mapped region that can be executed can be read, too.",
  explanation:
    "On Intel processors, pages that are only executed are an option of the processor, which the hypervisor does not ask for. AMD processors have none and treat the page as not present.",
  consequences: {
    depends: {
      step: "run",
      outcome: "parked",
      text: "On a processor without such pages, the first access parks the CPU: an EPT misconfiguration on Intel (`FATAL: Unhandled VM-Exit, reason 49`), a page that is not present on AMD.",
    },
    absent: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016llx size: %d"],
      text: "The page counts as not present: the first access to the region parks the CPU.",
    },
  },
  help: "add the right to read",
  sources: ["hypervisor/arch/x86/vmx.c:232-237"],
  after: ["mem-addr-range", "load-not-writable"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M x
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rx
}`,
  },
  *find({ config, set }) {
    for (const region of config.regions) {
      if (!region.isMapped || !region.execute || region.read || region.write) continue;
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} can be executed but not read`,
        as: set.vendor === "amd" ? "absent" : "depends",
      };
    }
  },
});
