import { defineRule } from "../define-rule.js";
import { formatHas } from "../facts/format-has.js";
import { setupOf } from "../setup.js";

/** What fits into one page (hypervisor/arch/x86/ioapic.c:25): 48 bytes each, 40 before pins had 128 bits (mid 2016). */
const mostChips = 85;
const mostSmallerChips = 102;

export const ioapicCount = defineRule({
  id: "ioapic-count",
  family: "irq",
  title: "Too many I/O APICs",
  severity: "error",
  scope: "config",
  machines: ["x86"],
  statement: `A cell lists at most ${mostChips} I/O APICs.`,
  explanation:
    "The hypervisor keeps the state of the I/O APICs of a cell in a single page. What does not fit into it is refused, even if the same I/O APIC is listed several times.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "ERANGE",
      text: "The unit `IOAPIC` refuses the root cell.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "ERANGE",
      text: "The unit `IOAPIC` refuses the cell.",
    },
  },
  help: "list each I/O APIC once, with all the pins that the cell gets",
  sources: ["hypervisor/arch/x86/ioapic.c:25", "hypervisor/arch/x86/ioapic.c:338"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  for n in 0-85 { irqchip at 0xfec0_0000 id 0xff00 pins 3 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff00 pins 3
}`,
  },
  *find({ config }) {
    const { irqchips } = config.cell;
    const most = formatHas(config, "jailhouse_irqchip", "pin_base") ? mostChips : mostSmallerChips;
    const excess = irqchips[most];
    if (excess === undefined) return;
    yield {
      at: config.spot(excess),
      message: `${config.title} lists ${irqchips.length} I/O APICs, of which the hypervisor takes ${most} at most`,
      as: setupOf(config),
    };
  },
});
