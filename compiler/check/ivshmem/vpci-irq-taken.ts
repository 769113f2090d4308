import { defineRule } from "../define-rule.js";
import { gicInterruptsOf, pinDevicesOf } from "../facts/gic-interrupts.js";
import { linkText } from "../words.js";

export const vpciIrqTaken = defineRule({
  id: "vpci-irq-taken",
  family: "ivshmem",
  title: "Interrupt of the root cell's virtual device taken by a cell",
  severity: "warning",
  scope: "root",
  machines: ["arm", "arm64"],
  statement: "No cell is granted an interrupt that a virtual device of the root cell raises.",
  explanation:
    "When a cell is created, the interrupts that it lists are taken from the root cell. Those of the root cell's virtual devices are 32 + its `vpci_irq_base` and the three behind it, by the last two bits of the device number.",
  consequences: {
    deaf: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. While the cell exists, the root cell's end of the link hears nothing any more; what its peers send it interrupts the cell instead.",
    },
  },
  help: "choose four interrupts in a row for the virtual devices of each cell that no other cell has",
  sources: ["hypervisor/arch/arm-common/irqchip.c:305", "hypervisor/arch/arm-common/ivshmem.c:66"],
  after: ["vpci-irq-not-owned", "gic-address"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }
cell other { use inmate(0x7100_0000, cpu = 2); interrupts 128 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }
cell other { use inmate(0x7100_0000, cpu = 2); interrupts 132 }`,
  },
  *find({ cell, system, set }) {
    const chips = gicInterruptsOf(cell, set);
    for (const { device, interrupt } of pinDevicesOf(system)) {
      const chip = chips.get(interrupt);
      if (chip === undefined) continue;
      yield {
        at: cell.spot(chip, "pinBitmap"),
        message: `${cell.title} has interrupt ${interrupt}, which ${linkText(device)} of ${system.title} raises`,
        also: [{ at: system.spot(device, "bdf"), text: `raises interrupt ${interrupt}` }],
      };
    }
  },
});
