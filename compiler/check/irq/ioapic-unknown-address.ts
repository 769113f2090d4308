import { defineRule } from "../define-rule.js";
import { hex, listed } from "../words.js";

/** How many I/O APICs of the root cell a message names. */
const addressesNamed = 4;

export const ioapicUnknownAddress = defineRule({
  id: "ioapic-unknown-address",
  family: "irq",
  title: "I/O APIC that the root cell does not have",
  severity: "warning",
  scope: "root",
  machines: ["x86"],
  statement: "The I/O APICs of a cell are those of the root cell.",
  explanation:
    "The hypervisor maps whatever address a cell names as an I/O APIC and asks it for the number of its pins. No one checks that there is one. The root cell normally lists all of the machine, so that an address that it does not have is most likely a mistake.",
  consequences: {
    garbage: {
      step: "create",
      outcome: "ineffective",
      text: "Where there is no I/O APIC, the hypervisor reads its pins from something else: the command may fail with EIO (more than 120 pins), or the cell is created and its interrupts never arrive. Where there is one, the cell gets it, and its pins do not go back to the root cell when the cell is destroyed.",
    },
  },
  help: "use the address of an I/O APIC of the root cell, or list this one in the root cell, too",
  sources: ["hypervisor/arch/x86/ioapic.c:198-242", "hypervisor/arch/x86/ioapic.c:369-372"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec8_0000 id 0xff08 pins 3
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff00 pins 3
}`,
  },
  *find({ cell, system }) {
    const known = new Set(system.cell.irqchips.map(({ address }) => address));
    const others = knownText(known);
    const told = new Set<bigint>();
    for (const chip of cell.cell.irqchips) {
      if (known.has(chip.address) || told.has(chip.address)) continue;
      told.add(chip.address);
      yield {
        at: cell.spot(chip, "address"),
        message: `${system.title} has no I/O APIC at ${hex(chip.address)}, ${others}`,
        also: [{ at: system.tableSpot("irqchips"), text: "the I/O APICs of the machine" }],
      };
    }
  },
});

function knownText(known: ReadonlySet<bigint>): string {
  const addresses = [...known].map(hex);
  if (addresses.length === 0) return "nor any other";
  if (addresses.length > addressesNamed) return `but ${addresses.length} others`;
  return `but at ${listed(addresses)}`;
}
