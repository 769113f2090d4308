import { pinsOf } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import { distributorOf } from "../facts/interrupts.js";
import { armPlatformOf } from "../facts/platform.js";
import { count, hex } from "../words.js";

export const gicAddress = defineRule({
  id: "gic-address",
  family: "irq",
  title: "Interrupts at another address than the GIC's",
  severity: "warning",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: "Elements with interrupts have the address of the GIC's distributor.",
  explanation:
    "There is one GIC, and a cell gets its interrupts from the elements at `gicd_base`. All others are passed over without a word, even if nothing else about them is right.",
  consequences: {
    ignored: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cell does not have these interrupts: it cannot enable them, and they do not arrive.",
    },
  },
  help: "use the address of the distributor",
  sources: ["hypervisor/arch/arm-common/irqchip.c:421-423"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x801_0000 base 32 pins 40
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x800_0000 base 32 pins 40
}`,
  },
  *find({ config, set }) {
    const { system } = set;
    const arm = system === null ? undefined : armPlatformOf(system);
    const distributor = distributorOf(set);
    if (system === null || arm === undefined || distributor === null) return;
    for (const chip of config.cell.irqchips) {
      if (chip.address === distributor || chip.pinBitmap === 0n) continue;
      yield {
        at: config.spot(chip, "address"),
        message: `${config.title} lists ${count(pinsOf(chip).length, "interrupt")} at ${hex(chip.address)}, but the GIC is at ${hex(distributor)}`,
        label: "is passed over",
        also: [{ at: system.spot(arm, "gicdBase"), text: "the GIC of the machine" }],
        fixes: [
          {
            title: `use the address of the GIC, ${hex(distributor)}`,
            changes: [
              { kind: "set", at: { ...config.spot(chip, "address"), field: "address" }, value: distributor },
            ],
          },
        ],
      };
    }
  },
});
