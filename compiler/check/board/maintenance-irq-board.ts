import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";

export const maintenanceIrqBoard = defineRule({
  id: "maintenance-irq-board",
  family: "board",
  title: "Another maintenance interrupt than the board's",
  severity: "warning",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "The maintenance interrupt of a system config is that of the board, and no other device's.",
  explanation:
    "The GIC raises it when the hypervisor has to refill the list of interrupts that it passes on to a cell. The hypervisor keeps the number for itself, whatever else is behind it.",
  consequences: {
    taken: {
      step: "run",
      outcome: "ineffective",
      text: "The other device's interrupt never reaches a cell.",
    },
    unheard: {
      step: "run",
      outcome: "ineffective",
      text: "Where many interrupts come at once, those that found no room are delivered late or not at all.",
    },
  },
  help: "take the number from `interrupts` of the GIC's node in the device tree, plus 16",
  sources: ["hypervisor/arch/arm-common/irqchip.c:436"],
  after: ["fmt-arch-board", "gic-maintenance-irq"],
  example: {
    board: "gic: { maintenance-irq: 25, ppis: 23 }",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); gic v3 { gicd 0x800_0000; gicr 0x80a_0000; maintenance-irq 23 } }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ board, set }): Iterable<Hit<"taken" | "unheard">> {
    const { system } = set;
    const { gic } = board;
    const arm = system?.system?.platform?.arm;
    if (system === null || gic === null || arm === null || arm === undefined) return;
    const { maintenanceIrq } = arm;
    if (gic.ppis?.includes(maintenanceIrq) === true) {
      yield {
        at: system.spot(arm, "maintenanceIrq"),
        message: `the maintenance interrupt, ${maintenanceIrq}, is that of another device of the board`,
        also: [{ at: onBoard(system, gic, "ppis"), text: "in use" }],
        as: "taken",
      };
      return;
    }
    if (gic.maintenanceIrq === null || gic.maintenanceIrq === maintenanceIrq) return;
    yield {
      at: system.spot(arm, "maintenanceIrq"),
      message: `the maintenance interrupt is said to be ${maintenanceIrq}, the board's is ${gic.maintenanceIrq}`,
      also: [{ at: onBoard(system, gic, "maintenanceIrq"), text: "as the board has it" }],
      as: "unheard",
    };
  },
});
