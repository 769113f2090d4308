import type { PortInterval } from "../../ir/port-io.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { commonPorts, portGrants } from "../facts/port-grants.js";
import type { Spot } from "../spot.js";
import { portListText } from "../words.js";

interface Common {
  readonly spot: Spot;
  readonly common: PortInterval;
}

export const pioSharedCells = defineRule({
  id: "pio-shared-cells",
  family: "port-io",
  title: "One port in two cells",
  severity: "warning",
  scope: "set",
  statement: "Cells that run at the same time share no ports.",
  explanation:
    "When a cell is created, its ports are taken from the root cell alone. Another cell that has them keeps them.",
  consequences: {
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. Both cells use the same device. When the first of them is destroyed, the root cell gets the ports back while the other one still uses them.",
    },
  },
  help: "give each cell ports of its own",
  sources: ["hypervisor/arch/x86/vcpu.c:130-137", "hypervisor/arch/x86/vcpu.c:149-170"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); ioports 0x3f8-0x3ff }
cell two { use inmate(0x3c00_0000, cpu = 2); ioports 0x3f8-0x3ff }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); ioports 0x2f8-0x2ff }
cell two { use inmate(0x3c00_0000, cpu = 2); ioports 0x3f8-0x3ff }
scenario both { one; two }`,
  },
  *find({ set }) {
    const cells = set.cells.filter(({ machine }) => machine === "x86");
    for (const [index, cell] of cells.entries()) {
      for (const earlier of cells.slice(0, index)) {
        const first = firstCommon(cell, earlier.ports);
        if (first === undefined) continue;
        yield {
          at: first.spot,
          message: `${earlier.title} and ${cell.title} both have ${portListText(portsOfBoth(cell, earlier))}`,
          also: [{ at: firstCommon(earlier, [first.common])!.spot, text: "here, too" }],
          between: [earlier, cell],
        };
      }
    }
  },
});

function firstCommon(cell: CheckedConfig, ports: readonly PortInterval[]): Common | undefined {
  for (const grant of portGrants(cell)) {
    const [common] = commonPorts(grant, ports);
    if (common !== undefined) return { spot: grant.spot, common };
  }
  return undefined;
}

function portsOfBoth(one: CheckedConfig, other: CheckedConfig): readonly PortInterval[] {
  return one.ports.flatMap((ports) => commonPorts(ports, other.ports));
}
