import { defineRule } from "../define-rule.js";

export const commReadonly = defineRule({
  id: "comm-readonly",
  family: "comm",
  title: "Communication region that cannot be written",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "A cell may write its communication region.",
  explanation:
    "A program reports there that it has shut down or failed, and answers messages. The inmate library does so, too.",
  consequences: {
    fault: {
      step: "run",
      outcome: "parked",
      text: "A CPU of the cell that writes to the region is stopped. Nobody learns the state of the program.",
    },
  },
  help: "add the right to write",
  sources: ["hypervisor/control.c:172"],
  after: ["comm-missing-active"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  comm { flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_COMM_REGION }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  comm { flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_COMM_REGION }
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.comm || region.write) continue;
      yield { at: region.spot("flags"), message: "the cell may not write its communication region" };
    }
  },
});
