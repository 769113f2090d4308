import { defineRule } from "../define-rule.js";
import { interruptsByChip, interruptsText, listedInterrupts } from "../facts/interrupts.js";

export const irqNotInRoot = defineRule({
  id: "irq-not-in-root",
  family: "irq",
  title: "Interrupt that the root cell does not have",
  severity: "warning",
  scope: "root",
  statement: "The interrupts of a cell are among those of the root cell.",
  explanation:
    "The root cell normally has all interrupts of the machine and lends some of them to other cells. An interrupt that it does not list was not meant to be used, or is a wrong number: on ARM the first shared interrupt (SPI 0) is interrupt 32.",
  consequences: {
    kept: {
      step: "destroy",
      outcome: "ineffective",
      text: "Nothing complains. The cell gets the interrupt, and it does not go to the root cell when the cell is destroyed.",
    },
  },
  help: "check the number, or list the interrupt in the root cell, too",
  sources: [
    "hypervisor/arch/x86/ioapic.c:369-376",
    "hypervisor/arch/x86/ioapic.c:400-409",
    "hypervisor/arch/arm-common/irqchip.c:450-456",
    "hypervisor/arch/arm-common/irqchip.c:487-503",
  ],
  after: ["ioapic-unknown-address"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); interrupts 159-160 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); interrupts 158-159 }`,
  },
  *find({ cell, system, set }) {
    const ofRoot = interruptsByChip(listedInterrupts(system, set));
    for (const own of listedInterrupts(cell, set)) {
      const known = ofRoot.get(own.chip.address);
      const missing = own.bits & ~(known?.bits ?? 0n);
      if (missing === 0n) continue;
      const at = known === undefined ? system.tableSpot("irqchips") : system.spot(known.chip, "pinBitmap");
      yield {
        at: cell.spot(own.chip, "pinBitmap"),
        message: `${system.title} does not have ${interruptsText(missing, own)}, which ${cell.title} lists`,
        also: [{ at, text: "what the root cell has" }],
      };
    }
  },
});
