import { firstSpi, pinsOf } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { listed } from "../words.js";

export const spiBeyondGic = defineRule({
  id: "spi-beyond-gic",
  family: "board",
  title: "Interrupt that the GIC does not have",
  severity: "info",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "A cell lists no interrupts that the GIC of the board does not have.",
  explanation:
    "A GIC is built with as many shared interrupts as its board needs. The hypervisor does not ask how many; registers of those that are not there read as zero and keep nothing.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "harmless",
      text: "Nothing happens: such an interrupt never comes. Virtual devices do use numbers that the GIC lacks.",
    },
  },
  help: "check the number against the device tree, or leave it out",
  sources: ["hypervisor/arch/arm-common/irqchip.c:424"],
  after: ["fmt-arch-board", "gic-pinbase", "irq-off-by-32"],
  example: {
    board: "gic: { spis: 128 }",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); interrupts 160 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ board, set }) {
    const spis = board.gic?.spiCount ?? null;
    if (spis === null) return;
    for (const config of set.all) {
      for (const chip of config.cell.irqchips) {
        const beyond = pinsOf(chip).filter((pin) => pin >= firstSpi + spis);
        if (beyond.length === 0) continue;
        const last = spis === 0 ? "no shared interrupts" : `${firstSpi} to ${firstSpi + spis - 1}`;
        yield {
          at: config.spot(chip, "pinBitmap"),
          message: `${config.title} has interrupts that the GIC of the board lacks: ${listed(beyond.slice(0, 8).map(String))}`,
          also: [{ at: onBoard(config, board.gic!, "spiCount"), text: `it has ${last}` }],
        };
      }
    }
  },
});
