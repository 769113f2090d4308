import type { PortInterval } from "../../ir/port-io.js";
import { defineRule } from "../define-rule.js";
import { commonPorts, portGrants } from "../facts/port-grants.js";
import { portListText } from "../words.js";

const configurationPorts: PortInterval = { start: 0xcf8, end: 0xd00 };

/** By itself it resets the machine; the address register around it takes accesses of 4 bytes only. */
const resetPort = 0xcf9;

export const pioPciBypass = defineRule({
  id: "pio-pci-bypass",
  family: "port-io",
  title: "PCI configuration ports let through",
  severity: "warning",
  scope: "config",
  machines: ["x86"],
  statement: "No cell is let through to the ports of PCI configuration space, 0xcf8 to 0xcff.",
  explanation:
    "By these ports a processor reaches the configuration space of all devices. The hypervisor traps them and lets a cell see its own devices. Ports that are granted do not trap.",
  consequences: {
    open: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell configures every device of the machine.",
    },
  },
  help: "leave the ports out: cells reach their own devices without them being granted",
  sources: ["hypervisor/arch/x86/vcpu.c:223"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0xcf8-0xcff
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0xd00-0xd07
}`,
  },
  *find({ config }) {
    for (const grant of portGrants(config)) {
      const [common] = commonPorts(grant, [configurationPorts]);
      if (common === undefined || isResetAlone(common)) continue;
      yield {
        at: grant.spot,
        message: `${config.title} is let through to ${portListText([common])}, by which all PCI devices are configured`,
      };
    }
  },
});

function isResetAlone({ start, end }: PortInterval): boolean {
  return start === resetPort && end === resetPort + 1;
}
