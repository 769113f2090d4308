import { defineRule } from "../define-rule.js";
import { regionText } from "../words.js";

export const memExecIo = defineRule({
  id: "mem-exec-io",
  family: "memory",
  title: "Code in device memory",
  severity: "warning",
  otherwise: "info on x86",
  scope: "config",
  statement: "A region of device registers is not executed.",
  explanation:
    "On ARM, `io` makes a region device memory, from which processors do not fetch code reliably. On x86 the flag has no effect.",
  consequences: {
    fault: {
      step: "run",
      outcome: "parked",
      text: "If the cell runs code there, it is undefined what happens: the processor may fault, or read registers that change when they are read.",
    },
    ignored: { step: "run", outcome: "harmless", text: "The flag `io` has no effect on x86." },
  },
  help: "drop `x` for registers, or `io` for memory",
  sources: ["hypervisor/arch/arm-common/mmu_cell.c:34-37"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x900_1000 size 4K rwx io rootshared
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x900_1000 size 4K rw io rootshared
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.isMapped || !region.execute || !region.io) continue;
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} is device memory, and can be executed`,
        as: config.isArm ? "fault" : "ignored",
        severity: config.isArm ? "warning" : "info",
      };
    }
  },
});
