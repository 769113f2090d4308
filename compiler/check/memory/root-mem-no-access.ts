import { defineRule } from "../define-rule.js";
import { rangeText } from "../words.js";

export const rootMemNoAccess = defineRule({
  id: "root-mem-no-access",
  family: "memory",
  title: "Region of the root cell without rights",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "A region of the root cell gives it at least one right.",
  explanation:
    "Linux goes on using the memory and the devices of the machine. What stands in a region that can be neither read nor written nor executed is as far away for it as what stands in none; mostly the flags were forgotten.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      text: "The first access of Linux to the region parks a CPU of the root cell: `FATAL: Invalid MMIO/RAM %s, addr: 0x%016llx size: %d` on x86, `Unhandled data %s at 0x%lx(%d)` on ARM. That often happens while `jailhouse enable` is still at work, and hangs it.",
    },
  },
  help: "add the rights that Linux needs, mostly `rw`",
  sources: ["hypervisor/control.c:521", "hypervisor/arch/x86/vcpu.c:252", "hypervisor/arch/arm64/mmio.c:108"],
  deliberate: true,
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K none
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K rw
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.hasPhysical || region.read || region.write || region.execute) continue;
      yield {
        at: region.spot("flags"),
        message: `${config.title} can neither read nor write nor execute ${rangeText(region.phys)}`,
        label: "gives no rights",
      };
    }
  },
});
