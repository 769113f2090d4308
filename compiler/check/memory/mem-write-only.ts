import { defineRule, type RuleSeverity } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { regionText } from "../words.js";

export const memWriteOnly = defineRule({
  id: "mem-write-only",
  family: "memory",
  title: "Memory that can be written but not read",
  severity: "error",
  otherwise: "warning on Arm, on AMD, and where the vendor is not known",
  scope: "config",
  statement: "A mapped region that can be written can be read, too.",
  explanation:
    "The page tables of Intel processors have no pages that are only written: the combination is reserved, and the processor takes it for a mistake of the hypervisor. AMD processors have no such pages either and treat them as not present; ARM has them.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Unhandled VM-Exit, reason 49"],
      text: "The first access to the region, whether it reads or writes, parks the CPU (EPT misconfiguration).",
    },
    absent: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016llx size: %d"],
      text: "The page counts as not present: the first access to the region, even a write, parks the CPU.",
    },
    either: {
      step: "run",
      outcome: "parked",
      text: "On an Intel processor the first access parks the CPU with an EPT misconfiguration (`FATAL: Unhandled VM-Exit, reason 49`); on AMD the page counts as not present.",
    },
    writeOnly: {
      step: "run",
      outcome: "parked",
      prints: ["Unhandled data %s at 0x%lx(%d)"],
      text: "The cell can write the region. The first access that reads parks the CPU.",
    },
  },
  help: "add the right to read, or take that to write away",
  sources: [
    "hypervisor/arch/x86/vmx.c:358-366",
    "hypervisor/arch/x86/vmx.c:1208",
    "hypervisor/arch/arm-common/mmu_cell.c:30-33",
  ],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M w
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
}`,
  },
  *find({ config, set }) {
    const { as, severity } = outcomeOn(config, set);
    for (const region of config.regions) {
      if (!region.isMapped || region.read || !region.write) continue;
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} can be written but not read`,
        as,
        severity,
      };
    }
  },
});

function outcomeOn(
  { isArm }: CheckedConfig,
  { vendor }: CheckedSet,
): { readonly as: "parked" | "absent" | "either" | "writeOnly"; readonly severity: RuleSeverity } {
  if (isArm) return { as: "writeOnly", severity: "warning" };
  if (vendor === "intel") return { as: "parked", severity: "error" };
  return { as: vendor === "amd" ? "absent" : "either", severity: "warning" };
}
