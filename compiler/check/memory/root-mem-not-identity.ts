import { defineRule } from "../define-rule.js";
import { hex, regionText } from "../words.js";

export const rootMemNotIdentity = defineRule({
  id: "root-mem-not-identity",
  family: "memory",
  title: "The root cell sees memory at another address",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "Every region of the root cell is mapped at its physical address.",
  explanation:
    "Linux goes on running in the root cell with the addresses that it had before. When a cell is created, the hypervisor looks for the memory in the root cell at its physical address.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      text: "The hypervisor is enabled, but Linux finds other memory at these addresses, or none; and a cell that gets the memory does not take it from the root cell.",
    },
  },
  help: "set `virt_start` to `phys_start`",
  helpInLanguage: "leave out `mapped at`",
  sources: ["hypervisor/control.c:303-312"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K mapped at 0x5000_0000 rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K rw
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      const { physStart, virtStart } = region.node;
      if (!region.hasPhysical || physStart === virtStart) continue;
      yield {
        at: region.spot("virtStart"),
        message: `${regionText(region)} is mapped at ${hex(virtStart)}, and lies at ${hex(physStart)}`,
        label: `has to be ${hex(physStart)}`,
        also: [{ at: region.spot("physStart"), text: "where it lies" }],
      };
    }
  },
});
