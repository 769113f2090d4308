import { defineRule } from "../define-rule.js";
import { hex, listed } from "../words.js";

export const ioapicNotOnBoard = defineRule({
  id: "ioapic-not-on-board",
  family: "board",
  title: "I/O APIC at an address that has none",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement: "Each I/O APIC of a config is one of the board.",
  explanation:
    "The hypervisor asks a chip that it has not seen before how many pins it has. Where no I/O APIC answers, it reads all ones, or whatever else is there.",
  consequences: {
    root: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      text: "All ones mean 256 pins, which is more than the hypervisor has room for. Where another device answers, its registers are taken for an I/O APIC.",
    },
    cell: {
      step: "create",
      outcome: "refused",
      errno: "EIO",
      text: "All ones mean 256 pins, which is more than the hypervisor has room for. Where another device answers, its registers are taken for an I/O APIC.",
    },
  },
  help: "take the addresses from the MADT, or from `IOAPIC` in /proc/iomem",
  sources: ["hypervisor/arch/x86/ioapic.c:205"],
  after: ["fmt-arch-board"],
  example: {
    board: "ioapics: [{ at: 0xfec00000, pins: 24 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); irqchip at 0xfec0_1000 id 0xff01 pins 0-23 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }) {
    if (board.ioapics === null) return;
    const known = new Set(board.ioapics.map(({ at }) => at));
    const where = listed(board.ioapics.slice(0, 8).map(({ at }) => hex(at)));
    // One that is missing is told once; other cells have their pins from the root cell, which comes first.
    const told = new Set<bigint>();
    for (const config of set.all) {
      for (const chip of config.cell.irqchips) {
        if (known.has(chip.address) || (told.has(chip.address) && !config.isRoot)) continue;
        told.add(chip.address);
        yield {
          at: config.spot(chip, "address"),
          message: `the board has no I/O APIC at ${hex(chip.address)}`,
          notes: [where === "" ? "the board has no I/O APIC at all" : `there is one at ${where}`],
          as: config.isRoot ? "root" : "cell",
        };
      }
    }
  },
});
