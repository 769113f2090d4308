import { type Irqchip, pinsPerElement } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { chipsInUse, gicInterrupts, isBadGicBase } from "../facts/interrupts.js";
import { setupOf } from "../setup.js";

const lastBase = gicInterrupts - pinsPerElement;

export const gicPinbase = defineRule({
  id: "gic-pinbase",
  family: "irq",
  title: "Interrupts of the GIC that start at a wrong number",
  severity: "error",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: `The first interrupt of an element for the GIC is a multiple of 32, and at most ${lastBase}.`,
  explanation:
    "An element of the table has 128 bits, and `pin_base` is the interrupt of the first one. The hypervisor copies them word by word into a bitmap of 1024 interrupts, so that they have to start with a word and all of them have to fit in, whether they are set or not. Elements at other addresses than that of the GIC are not looked at.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The unit `irqchip` refuses the root cell.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      text: "The unit `irqchip` refuses the cell.",
    },
    wrapped: {
      step: "create",
      outcome: "crash",
      text: "On a 32-bit machine the number behind the last interrupt of the element wraps to a small one, which passes the check. The hypervisor then writes far behind its bitmap of interrupts. The same happens with the root cell when the hypervisor is enabled.",
    },
  },
  help: "start the element at a multiple of 32, and set the bits counted from there; `interrupts` does so by itself",
  sources: ["hypervisor/arch/arm-common/irqchip.c:421-427"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x800_0000 base 40 pins 40-43
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x800_0000 base 32 pins 40-43
}`,
  },
  *find({ config, set }) {
    for (const chip of chipsInUse(config, set)) {
      const { pinBase } = chip;
      if (!isBadGicBase(chip)) continue;
      const reason =
        pinBase % 32 !== 0
          ? "not a multiple of 32"
          : `more than ${lastBase}: the element would end behind interrupt ${gicInterrupts - 1}`;
      yield {
        at: config.spot(chip, "pinBase"),
        message: `the interrupts of ${config.title} start at ${pinBase}, which is ${reason}`,
        as: wraps(config, chip) ? "wrapped" : setupOf(config),
      };
    }
  },
});

/** Sizes have 32 bits there, and the sum is one of sizes. What is no multiple of 32 is refused before. */
function wraps({ machine }: CheckedConfig, { pinBase }: Irqchip): boolean {
  return machine === "arm" && pinBase % 32 === 0 && pinBase + pinsPerElement >= 2 ** 32;
}
