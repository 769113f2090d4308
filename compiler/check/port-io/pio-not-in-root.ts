import { defineRule } from "../define-rule.js";
import { portGrants, portsNotIn } from "../facts/port-grants.js";
import { portListText } from "../words.js";

export const pioNotInRoot = defineRule({
  id: "pio-not-in-root",
  family: "port-io",
  title: "Ports that the root cell never had",
  severity: "info",
  scope: "root",
  machines: ["x86"],
  statement: "The ports of a cell are among those of the root cell.",
  explanation:
    "A cell gets the ports that it lists, whoever has them. Only those that the config of the root cell lists, too, go to the root cell when the cell is destroyed.",
  consequences: {
    granted: {
      step: "create",
      outcome: "harmless",
      text: "The cell gets the ports. After it is destroyed nobody has them.",
    },
  },
  help: "list the ports in the root cell if Linux is to use them without the cell",
  sources: ["hypervisor/arch/x86/vcpu.c:157"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3e8-0x3ef
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3f8-0x3ff
}`,
  },
  *find({ cell, system }) {
    for (const grant of portGrants(cell)) {
      const missing = portsNotIn(grant, system.ports);
      if (missing.length === 0) continue;
      yield {
        at: grant.spot,
        message: `${cell.title} has ${portListText(missing)}, which ${system.title} does not have`,
      };
    }
  },
});
