import { pinsOf } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { count, listed } from "../words.js";

export const ioapicPinRange = defineRule({
  id: "ioapic-pin-range",
  family: "board",
  title: "Pin that the I/O APIC does not have",
  severity: "info",
  scope: "board",
  machines: ["x86"],
  statement: "A config lists no pins that the I/O APIC of the board does not have.",
  explanation:
    "The bitmap of a config has room for more pins than any I/O APIC has. The hypervisor goes as far as the chip says.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "harmless",
      text: "The hypervisor passes over them. A device that was meant has its interrupt elsewhere.",
    },
  },
  help: "leave them out",
  sources: ["hypervisor/arch/x86/ioapic.c:256"],
  after: ["fmt-arch-board", "ioapic-pinbase", "ioapic-not-on-board"],
  example: {
    board: "ioapics: [{ at: 0xfec00000, pins: 24 }, { at: 0xfec01000, pins: 24 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); irqchip at 0xfec0_1000 id 0xff01 pins 0-24 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); irqchip at 0xfec0_1000 id 0xff01 pins 0-23 }`,
  },
  *find({ board, set }) {
    const chips = new Map((board.ioapics ?? []).map((ioapic) => [ioapic.at, ioapic]));
    for (const config of set.all) {
      for (const chip of config.cell.irqchips) {
        const ioapic = chips.get(chip.address);
        const pins = ioapic?.pins ?? null;
        if (ioapic === undefined || pins === null) continue;
        const beyond = pinsOf(chip).filter((pin) => pin >= pins);
        if (beyond.length === 0) continue;
        yield {
          at: config.spot(chip, "pinBitmap"),
          message: `pin${beyond.length > 1 ? "s" : ""} ${listed(beyond.map(String))} of an I/O APIC with ${count(pins, "pin")}`,
          also: [{ at: onBoard(config, ioapic, "pins"), text: count(pins, "pin") }],
        };
      }
    }
  },
});
