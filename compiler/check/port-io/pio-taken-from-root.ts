import { defineRule } from "../define-rule.js";
import { commonPorts, portGrants } from "../facts/port-grants.js";
import { portListText } from "../words.js";

export const pioTakenFromRoot = defineRule({
  id: "pio-taken-from-root",
  family: "port-io",
  title: "Ports taken from the root cell",
  severity: "info",
  scope: "root",
  machines: ["x86"],
  statement: "Linux in the root cell does not use the ports of a cell.",
  explanation:
    "When a cell is created, its ports are taken from the root cell, and given back when it is destroyed.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PIO %s, port: %x size: %d"],
      text: "If Linux accesses the ports while the cell exists, that parks a CPU of the root cell.",
    },
  },
  help: "keep Linux from using the device: no driver, no console on it",
  sources: ["hypervisor/arch/x86/vcpu.c:130-137"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3f8-0x3ff
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3e8-0x3ef
}`,
  },
  *find({ cell, system }) {
    for (const grant of portGrants(cell)) {
      const taken = commonPorts(grant, system.ports);
      if (taken.length === 0) continue;
      yield {
        at: grant.spot,
        message: `${cell.title} takes ${portListText(taken)} from ${system.title}`,
      };
    }
  },
});
