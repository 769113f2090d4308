import { firstSpi } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import { chipsInUse } from "../facts/interrupts.js";
import { numberRuns } from "../number-runs.js";

const privateBits = (1n << BigInt(firstSpi)) - 1n;

export const gicPinbaseZero = defineRule({
  id: "gic-pinbase-zero",
  family: "irq",
  title: "Private interrupts given to a cell",
  severity: "error",
  scope: "root",
  machines: ["arm", "arm64"],
  statement: "A cell lists shared interrupts only, those from 32 on.",
  explanation:
    "Interrupts 0 to 31 exist once for each CPU: messages between CPUs (SGIs) and those of the CPU's own devices, such as its timer (PPIs). Every cell has them without asking. What a cell lists is taken from the root cell all the same.",
  consequences: {
    taken: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. What the root cell does to these interrupts in the distributor has no effect from then on: on a GICv2, a CPU that Linux switches on later, as it does with those of a destroyed cell, gets neither its timer nor the messages of other CPUs. The cell gains nothing.",
    },
  },
  help: "leave interrupts below 32 out; the first shared one (SPI 0) is interrupt 32, so that `base` (`pin_base`) is 32 where bit 0 stands for it",
  sources: ["hypervisor/arch/arm-common/irqchip.c:433-438", "hypervisor/arch/arm-common/irqchip.c:450-456"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x800_0000 base 0 pins 27, 40
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  irqchip at 0x800_0000 base 32 pins 40
}`,
  },
  *find({ cell, set }) {
    for (const chip of chipsInUse(cell, set)) {
      const lost = chip.pinBitmap & privateBits;
      if (chip.pinBase !== 0 || lost === 0n) continue;
      const numbers = [...Array(firstSpi).keys()].filter((bit) => (lost >> BigInt(bit)) & 1n);
      yield {
        at: cell.spot(chip, "pinBitmap"),
        message: `${cell.title} takes the private interrupt${numbers.length > 1 ? "s" : ""} ${numberRuns(numbers)} from the root cell`,
      };
    }
  },
});
