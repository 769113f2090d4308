import { defineRule } from "../define-rule.js";

export const loadRootshared = defineRule({
  id: "load-rootshared",
  family: "load",
  title: "Loadable memory that is shared with the root cell",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "A region is LOADABLE or ROOTSHARED, not both.",
  explanation:
    "Memory with ROOTSHARED stays with the root cell when the cell is created, and is therefore not given back when it is destroyed. Memory with LOADABLE is taken from the root cell whenever the cell is started after it was loaded.",
  consequences: {
    lost: {
      step: "start",
      outcome: "ineffective",
      text: "The root cell loses the memory when the cell is started for the first time after loading, and does not get it back when the cell is destroyed. A CPU of the root cell that touches it is stopped.",
    },
  },
  help: "remove ROOTSHARED from what images are loaded into, or LOADABLE from what the root cell uses while the cell runs",
  helpInLanguage:
    "remove `rootshared` from what images are loaded into, or `loadable` from what the root cell uses while the cell runs",
  sources: ["hypervisor/control.c:391", "hypervisor/control.c:527", "hypervisor/control.c:635"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7800_0000 size 1M mapped at 4M rwx loadable rootshared
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7800_0000 size 1M mapped at 4M rwx loadable
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.loadable || !region.rootShared || region.comm) continue;
      yield {
        at: region.spot("flags"),
        message:
          "the region is LOADABLE and ROOTSHARED: the root cell keeps it until the cell is loaded and started",
      };
    }
  },
});
