import type { BoardGic } from "../../ir/board.js";
import type { ArmPlatform } from "../../ir/platform.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { hex } from "../words.js";

export const gicBaseBoard = defineRule({
  id: "gic-base-board",
  family: "board",
  title: "GIC at another address",
  severity: "error",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "The addresses of the GIC in a system config are those of the board.",
  explanation:
    "The hypervisor runs the interrupt controller itself and finds its parts by these addresses: distributor and redistributors (GICv3), or distributor, CPU interface, hypervisor interface and virtual CPU interface (GICv2).",
  consequences: {
    gicd: {
      step: "enable",
      outcome: "refused",
      errno: "ENODEV",
      prints: [" CPU %d... FAILED"],
      text: "What is at the address does not say that it is a distributor. Where nothing answers at all, the hypervisor faults instead, and the machine hangs.",
    },
    gicr: {
      step: "enable",
      outcome: "refused",
      errno: "ENODEV",
      prints: ["GIC: No redist found for CPU%d"],
      text: "The hypervisor looks through the redistributors from there on and misses one.",
    },
    interface: {
      step: "enable",
      outcome: "hang",
      text: "Nothing checks these: interrupts are not acknowledged or do not reach the cells, and the machine stands still.",
    },
  },
  help: "take the addresses from the GIC's node in the device tree",
  sources: [
    "hypervisor/arch/arm-common/irqchip.c:341",
    "hypervisor/arch/arm-common/gic-v2.c:53",
    "hypervisor/arch/arm-common/gic-v3.c:237",
  ],
  after: ["fmt-arch-board", "gic-version", "gic-version-board"],
  example: {
    board: "gic: { version: 3, gicd: 0x8000000, gicr: 0x80a0000 }",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); gic v3 { gicd 0x800_0000; gicr 0x80c_0000; maintenance-irq 25 } }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const { gic } = board;
    const arm = system?.system?.platform?.arm;
    if (system === null || gic === null || arm === null || arm === undefined) return;
    for (const { name, field, inConfig, as } of partsOf(arm, gic)) {
      const given = arm[inConfig];
      const real = gic[field];
      if (real === null || given === real) continue;
      yield {
        at: system.spot(arm, inConfig),
        message: `the ${name} is said to be at ${hex(given)}, the board has it at ${hex(real)}`,
        also: [{ at: onBoard(system, gic, field), text: "as the board has it" }],
        as,
      };
    }
  },
});

type Base = "gicd" | "gicc" | "gich" | "gicv" | "gicr";

interface Part {
  readonly name: string;
  readonly field: Base;
  readonly inConfig: `${Base}Base`;
  readonly as: "gicd" | "gicr" | "interface";
}

const distributor: Part = { name: "distributor", field: "gicd", inConfig: "gicdBase", as: "gicd" };
const redistributors: Part = {
  name: "first redistributor",
  field: "gicr",
  inConfig: "gicrBase",
  as: "gicr",
};
const interfaces: readonly Part[] = [
  { name: "CPU interface", field: "gicc", inConfig: "giccBase", as: "interface" },
  { name: "hypervisor interface", field: "gich", inConfig: "gichBase", as: "interface" },
  { name: "virtual CPU interface", field: "gicv", inConfig: "gicvBase", as: "interface" },
];

/** The parts that the driver for this version uses. */
function partsOf({ gicVersion }: ArmPlatform, { version }: BoardGic): readonly Part[] {
  const used = gicVersion === 0 ? (version ?? 2) : gicVersion;
  return used >= 3 ? [distributor, redistributors] : [distributor, ...interfaces];
}
