import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import {
  interruptsByChip,
  interruptsText,
  type ListedInterrupts,
  listedInterrupts,
} from "../facts/interrupts.js";

export const irqSharedCells = defineRule({
  id: "irq-shared-cells",
  family: "irq",
  title: "One interrupt in two cells",
  severity: "warning",
  scope: "set",
  statement: "Cells that run at the same time share no interrupt.",
  explanation:
    "An interrupt arrives at one place: the one that was programmed last. The hypervisor takes the interrupts of a new cell from the root cell and does not look whether another cell has them.",
  consequences: {
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. Both cells can direct, mask and complete the interrupt, so that each can take it from the other. When the first of them is destroyed, the root cell gets the interrupt back while the other still runs.",
    },
  },
  help: "give each interrupt to one cell, together with the device that raises it",
  sources: ["hypervisor/arch/x86/ioapic.c:366-376", "hypervisor/arch/arm-common/irqchip.c:450-456"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell one { use inmate(cpu = 1); interrupts 40-42 }
cell two { use inmate(0x7100_0000, cpu = 2); interrupts 42 }
scenario both { one; two }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell one { use inmate(cpu = 1); interrupts 40-41 }
cell two { use inmate(0x7100_0000, cpu = 2); interrupts 42 }
scenario both { one; two }`,
  },
  *find({ set }) {
    /** What cells so far have, by the address of the controller. */
    const earlier = new Map<bigint, ListedInterrupts[]>();
    for (const cell of set.cells) {
      for (const [address, own] of interruptsByChip(listedInterrupts(cell, set))) {
        const others = earlier.get(address) ?? [];
        /** What no earlier cell has been named for: each interrupt is told once in a cell. */
        let untold = own.bits;
        for (const other of others) {
          const both = untold & other.bits;
          untold &= ~both;
          if (both === 0n) continue;
          yield {
            at: cell.spot(own.chip, "pinBitmap"),
            message: `${interruptsText(both, own)} belong${isOne(both) ? "s" : ""} to ${cell.title} and to ${other.config.title}`,
            also: [{ at: other.config.spot(other.chip, "pinBitmap"), text: alsoText(other.config) }],
            between: [other.config, cell],
          };
        }
        earlier.set(address, [...others, own]);
      }
    }
  },
});

function isOne(bits: bigint): boolean {
  return (bits & (bits - 1n)) === 0n;
}

function alsoText({ title }: CheckedConfig): string {
  return `what ${title} has`;
}
