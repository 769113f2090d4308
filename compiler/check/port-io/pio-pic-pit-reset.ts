import type { PortInterval } from "../../ir/port-io.js";
import { defineRule } from "../define-rule.js";
import { commonPorts, portGrants } from "../facts/port-grants.js";
import { listed, portsText } from "../words.js";

interface MachinePorts extends PortInterval {
  readonly what: string;
}

const machinePorts: readonly MachinePorts[] = [
  { start: 0x20, end: 0x22, what: "the legacy interrupt controllers" },
  { start: 0x40, end: 0x44, what: "the legacy timer" },
  { start: 0x61, end: 0x62, what: "the NMI status register" },
  { start: 0x70, end: 0x72, what: "CMOS with the NMI switch" },
  { start: 0x92, end: 0x93, what: "the fast reset register" },
  { start: 0xa0, end: 0xa2, what: "the legacy interrupt controllers" },
  { start: 0xcf9, end: 0xcfa, what: "the reset register" },
];

export const pioPicPitReset = defineRule({
  id: "pio-pic-pit-reset",
  family: "port-io",
  title: "Ports of the whole machine in a cell",
  severity: "warning",
  scope: "config",
  machines: ["x86"],
  only: "cell",
  statement: "Only the root cell is let through to ports that act on the whole machine.",
  explanation:
    "Timer, legacy interrupt controllers, CMOS with its switch for NMIs, and the reset registers exist once and serve all cells.",
  consequences: {
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can change what the root cell relies on, or reset the machine.",
    },
  },
  help: "leave these ports to the root cell",
  sources: ["hypervisor/arch/x86/vcpu.c:110-137"],
  after: ["pio-pci-bypass"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x70-0x71
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x72-0x73
}`,
  },
  *find({ config }) {
    for (const grant of portGrants(config)) {
      const parts = machinePorts.filter((ports) => commonPorts(grant, [ports]).length > 0);
      if (parts.length === 0) continue;
      yield {
        at: grant.spot,
        message: `${config.title} is let through to ${listed([...new Set(parts.map(({ what }) => what))])}`,
        label: listed(parts.map(portsText)),
      };
    }
  },
});
