import { firstSpi } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import { formatHas } from "../facts/format-has.js";
import { armPlatformOf } from "../facts/platform.js";

/** Below them are the messages between CPUs. */
const firstPpi = 16;

/** Timers of guests, as all boards of upstream and ARM's recommendation for servers have them. */
const timers: ReadonlyMap<number, string> = new Map([
  [27, "virtual timer"],
  [30, "physical timer"],
]);

export const gicMaintenanceIrq = defineRule({
  id: "gic-maintenance-irq",
  family: "irq",
  title: "Maintenance interrupt that cannot be one",
  severity: "error",
  scope: "config",
  machines: ["arm", "arm64"],
  only: "system",
  statement: `The maintenance interrupt is a private one, ${firstPpi} to ${firstSpi - 1}, and not that of a timer.`,
  explanation:
    "The GIC raises the maintenance interrupt to tell the hypervisor that there is room again for interrupts of a cell. It is a private interrupt of each CPU, 25 on nearly all boards. The hypervisor keeps it from all cells, and uses its number as the bit of a 32-bit word without looking at it.",
  consequences: {
    never: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Where a cell has more interrupts pending than the GIC holds at a time, the hypervisor is not told that there is room: the rest waits until something else happens. The real maintenance interrupt is not kept from the cells, and one of their own interrupts may be.",
    },
    timer: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The hypervisor keeps the interrupt from the cells, whose timer does not tick: a program that waits for it waits for ever.",
    },
  },
  help: "say the number that the board's device tree has for the GIC, which is 16 more than it counts there: `<1 9 4>` is 25",
  sources: ["hypervisor/arch/arm-common/irqchip.c:433-438", "hypervisor/arch/arm-common/gic-v3.c:251-253"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.arm.maintenance_irq = 9 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ config }) {
    const arm = armPlatformOf(config);
    if (arm === undefined) return;
    if (!formatHas(config, "jailhouse_system.platform_info.arm", "maintenance_irq")) return;
    const { maintenanceIrq } = arm;
    const timer = timers.get(maintenanceIrq);
    const at = config.spot(arm, "maintenanceIrq");
    if (timer !== undefined)
      yield {
        at,
        message: `the maintenance interrupt is ${maintenanceIrq}, which is that of the ${timer}`,
        as: "timer",
      };
    else if (maintenanceIrq < firstPpi || maintenanceIrq >= firstSpi)
      yield {
        at,
        message: `the maintenance interrupt is ${maintenanceIrq}, which is not within ${firstPpi} to ${firstSpi - 1}`,
        as: "never",
      };
  },
});
