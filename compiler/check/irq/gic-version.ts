import { defineRule } from "../define-rule.js";
import { formatHas } from "../facts/format-has.js";
import { armPlatformOf } from "../facts/platform.js";

const noDriver =
  "The first CPU has no driver for the interrupt controller. The hypervisor wants to give up and calls that driver to clean up, which is an abort of its own: the machine stands still.";

export const gicVersion = defineRule({
  id: "gic-version",
  family: "irq",
  title: "Unknown version of the GIC",
  severity: "error",
  scope: "config",
  machines: ["arm", "arm64"],
  only: "system",
  statement: "The version of the GIC is 2 or 3.",
  explanation:
    "Version 2 and version 3 of ARM's interrupt controller are driven in different ways, and the hypervisor goes by what the config says. It knows no others; a GICv4 is driven as version 3.",
  consequences: {
    arm64: {
      step: "enable",
      outcome: "hang",
      prints: [" CPU %d... FAILED", "FATAL: Unhandled HYP exception: synchronous abort from EL2"],
      text: noDriver,
    },
    either: { step: "enable", outcome: "hang", prints: [" CPU %d... FAILED"], text: noDriver },
    arm: {
      step: "enable",
      outcome: "hang",
      prints: [" CPU %d... FAILED", "Unhandled HYP %s exit at 0x%lx"],
      text: noDriver,
    },
  },
  help: "say `gic v2` or `gic v3`, as the board has it",
  sources: [
    "hypervisor/arch/arm-common/irqchip.c:327-338",
    "hypervisor/arch/arm-common/irqchip.c:374-386",
    "hypervisor/arch/arm64/setup.c:123",
    "hypervisor/arch/arm/traps.c:467",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.arm.gic_version = 4 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ config }) {
    const arm = armPlatformOf(config);
    if (arm === undefined) return;
    if (!formatHas(config, "jailhouse_system.platform_info.arm", "gic_version")) return;
    if (arm.gicVersion === 2 || arm.gicVersion === 3) return;
    const said = arm.gicVersion === 0 ? "is not said" : `is said to be ${arm.gicVersion}`;
    yield {
      at: config.spot(arm, "gicVersion"),
      message: `the version of the GIC ${said}; the hypervisor knows 2 and 3`,
      as: config.machine === "arm64" || config.machine === "arm" ? config.machine : "either",
    };
  },
});
