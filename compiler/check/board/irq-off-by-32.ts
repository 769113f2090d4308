import { type Irqchip, pinsPerElement } from "../../ir/irq.js";
import { defineRule, type RuleFix } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { deviceRegisters, type Misnumbered, misnumberedInterrupts } from "../facts/board-interrupts.js";
import type { CheckedConfig } from "../facts/checked-config.js";

export const irqOffBy32 = defineRule({
  id: "irq-off-by-32",
  family: "board",
  title: "Interrupt counted the other way",
  severity: "warning",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "Interrupts of a config are numbered as the GIC counts: the first shared one is 32.",
  explanation:
    "The device tree counts shared interrupts from 0, the GIC, Jailhouse and /proc/interrupts from 32. The bitmap of a config starts at a number of the GIC, which is easily taken for the other, or added twice.",
  consequences: {
    lost: {
      step: "run",
      outcome: "ineffective",
      text: "The cell gets another device's interrupt and takes it from the root cell; its own never comes.",
    },
  },
  help: "add 32 to the number of the device tree, once",
  sources: ["hypervisor/arch/arm-common/irqchip.c:424"],
  after: ["fmt-arch-board", "gic-pinbase"],
  example: {
    board: "devices: [{ name: can, registers: [{ at: 0x9050000, size: 4K }], spis: 40 }]",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x905_0000 size 4K rw io }
cell demo { use inmate(); memory at 0x905_0000 size 4K rw io; interrupts 40 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x905_0000 size 4K rw io }
cell demo { use inmate(); memory at 0x905_0000 size 4K rw io; interrupts 72 }`,
  },
  *find({ board, set }) {
    const registers = deviceRegisters(board);
    for (const cell of set.cells) {
      const all = misnumberedInterrupts(cell, registers);
      const perChip = new Map<Irqchip, number>();
      for (const { chip } of all) perChip.set(chip, (perChip.get(chip) ?? 0) + 1);
      for (const found of all) {
        const { device, region, meant, given, chip } = found;
        yield {
          at: cell.spot(chip, "pinBitmap"),
          message: `${cell.title} has the registers of ${JSON.stringify(device.name)} and interrupt ${given}, but the device raises ${meant}`,
          also: [
            { at: region.spot(), text: "its registers" },
            { at: onBoard(cell, device, "interrupts"), text: `${meant} as the GIC counts` },
          ],
          fixes: perChip.get(chip) === 1 ? fixesOf(found, cell) : [],
        };
      }
    }
  },
});

/** Where both are in reach of the same bitmap. Two changes of one bitmap would undo each other: they are left out. */
function fixesOf({ meant, given, chip }: Misnumbered, config: CheckedConfig): readonly RuleFix[] {
  const bit = meant - chip.pinBase;
  if (bit < 0 || bit >= pinsPerElement) return [];
  const without = chip.pinBitmap & ~(1n << BigInt(given - chip.pinBase));
  const at = { config, node: chip, field: "pinBitmap" };
  return [
    {
      title: `take ${meant} instead of ${given}`,
      changes: [{ kind: "set", at, value: without | (1n << BigInt(bit)) }],
    },
  ];
}
