import { defineRule } from "../define-rule.js";
import { overlappingPairs } from "../facts/intervals.js";
import { portGrants } from "../facts/port-grants.js";
import { portsText } from "../words.js";

export const pioOverlapInCell = defineRule({
  id: "pio-overlap-in-cell",
  family: "port-io",
  title: "Port twice in one cell",
  severity: "info",
  scope: "config",
  machines: ["x86"],
  statement: "The ranges of ports of a cell do not overlap.",
  explanation:
    "The hypervisor grants what any range lists, and gives all of it back when the cell is destroyed. That a port is listed twice makes no difference; but one of the ranges may be longer than it was meant to be, or begin elsewhere.",
  consequences: {
    union: { step: "create", outcome: "harmless", text: "The cell gets the ports of both ranges." },
  },
  help: "let the ranges follow each other, or join them",
  sources: ["hypervisor/arch/x86/vcpu.c:119", "hypervisor/arch/x86/vcpu.c:149-170"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3f8-0x3ff
  ioports 0x3fc-0x400
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x3f8-0x3ff
  ioports 0x400
}`,
  },
  *find({ config }) {
    const ranges = portGrants(config).map((ports, index) => ({
      start: BigInt(ports.start),
      end: BigInt(ports.end),
      index,
      ports,
    }));
    for (const pair of overlappingPairs(ranges)) {
      const [earlier, later] = pair[0].index < pair[1].index ? pair : [pair[1], pair[0]];
      yield {
        at: later.ports.spot,
        message: `ports ${portsText(later.ports)} and ${portsText(earlier.ports)} of ${config.title} overlap`,
        also: [{ at: earlier.ports.spot, text: "the other range" }],
      };
    }
  },
});
