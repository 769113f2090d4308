import { defineRule } from "../define-rule.js";
import { setupOf } from "../setup.js";
import { hex } from "../words.js";

export const ioapicPinbase = defineRule({
  id: "ioapic-pinbase",
  family: "irq",
  title: "I/O APIC whose pins do not start at 0",
  severity: "error",
  scope: "config",
  machines: ["x86"],
  statement: "The first pin of an I/O APIC is 0.",
  explanation:
    "`pin_base` says which interrupt the first bit of the bitmap stands for. It is meant for interrupt controllers with more interrupts than one element holds. An I/O APIC has at most 120 pins, so that its bitmap always starts at pin 0, and the hypervisor accepts nothing else.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The unit `IOAPIC` refuses the root cell.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      text: "The cell is refused. What had been set up for its I/O APICs until then is not released, so that each further attempt takes memory of the hypervisor.",
    },
  },
  help: "leave `base` (`pin_base`) at 0 and set the bits of the pins themselves",
  sources: ["hypervisor/arch/x86/ioapic.c:352"],
  after: ["fmt-arch-cell"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff00 base 16 pins 16-17
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff00 pins 16-17
}`,
  },
  *find({ config }) {
    for (const chip of config.cell.irqchips) {
      const { address, pinBase } = chip;
      if (pinBase === 0) continue;
      yield {
        at: config.spot(chip, "pinBase"),
        message: `the pins of the I/O APIC at ${hex(address)} start at ${pinBase}, which has to be 0`,
        as: setupOf(config),
      };
    }
  },
});
