import type { ArmPlatform } from "../../ir/platform.js";
import { defineRule } from "../define-rule.js";
import { armPlatformOf } from "../facts/platform.js";

interface Part {
  readonly field: "gicdBase" | "giccBase" | "gichBase" | "gicvBase" | "gicrBase";
  readonly word: string;
  readonly name: string;
}

const distributor: Part = { field: "gicdBase", word: "gicd", name: "distributor" };

/** What the driver of each version maps (gic-v2.c:56-63, 241-252, gic-v3.c:151, irqchip.c:340). */
const needed: ReadonlyMap<number, readonly Part[]> = new Map([
  [
    2,
    [
      distributor,
      { field: "giccBase", word: "gicc", name: "CPU interface" },
      { field: "gichBase", word: "gich", name: "hypervisor interface" },
      { field: "gicvBase", word: "gicv", name: "virtual CPU interface" },
    ],
  ],
  [3, [distributor, { field: "gicrBase", word: "gicr", name: "redistributors" }]],
]);

export const gicBaseMissing = defineRule({
  id: "gic-base-missing",
  family: "irq",
  title: "Part of the GIC without an address",
  severity: "error",
  scope: "config",
  machines: ["arm", "arm64"],
  only: "system",
  statement:
    "A GICv2 has addresses of distributor, CPU interface, hypervisor interface and virtual CPU interface; a GICv3 of distributor and redistributors.",
  explanation:
    "The hypervisor drives the interrupt controller itself and shows parts of it to cells. It maps what the config names without a question: an address that is not said is 0.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "ENODEV",
      text: "The hypervisor reads registers at the physical address 0 instead. What it finds there is no GIC, unless reading there is an abort already, which stops the machine.",
    },
    unusable: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains when the hypervisor is enabled. It works with what lies at the physical address 0 instead of the GIC: interrupts do not reach the cells, or the machine stops.",
    },
  },
  help: "add the address, as the board's manual or device tree has it",
  sources: [
    "hypervisor/arch/arm-common/irqchip.c:340",
    "hypervisor/arch/arm-common/gic-v2.c:53-63",
    "hypervisor/arch/arm-common/gic-v2.c:245-252",
    "hypervisor/arch/arm-common/gic-v3.c:131",
    "hypervisor/arch/arm-common/gic-v3.c:151",
    "hypervisor/arch/arm-common/gic-v3.c:223",
  ],
  example: {
    wrong: `import "machines/arm-board.jail"
system board { use arm-board(); platform_info.arm.gich_base = 0 }`,
    right: `import "machines/arm-board.jail"
system board { use arm-board() }`,
  },
  *find({ config }) {
    const arm = armPlatformOf(config);
    if (arm === undefined) return;
    for (const part of missingParts(arm)) {
      const isRead = part.field === "gicdBase" || part.field === "gicrBase";
      yield {
        at: config.spot(arm, part.field),
        message: `a GICv${arm.gicVersion} needs the address of its ${part.name} (\`${part.word}\`), which is 0`,
        as: isRead ? "refused" : "unusable",
      };
    }
  },
});

function missingParts(arm: ArmPlatform): readonly Part[] {
  return (needed.get(arm.gicVersion) ?? []).filter(({ field }) => arm[field] === 0n);
}
