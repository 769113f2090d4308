import type { Irqchip } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { sourceIdOf } from "../facts/interrupt-remapping.js";
import { hex } from "../words.js";

export const ioapicIdMismatch = defineRule({
  id: "ioapic-id-mismatch",
  family: "irq",
  title: "I/O APIC with another id than in the root cell",
  severity: "warning",
  otherwise: "info where the vendor is not known",
  scope: "root",
  machines: ["x86"],
  statement: "A cell gives an I/O APIC the id that the root cell gives it.",
  explanation:
    "The id is what the I/O APIC calls itself when it sends an interrupt to VT-d: bus, device and function, as the machine's DMAR table has them. Entries of the remapping table are reserved for an id, and VT-d compares it with that of the sender. An I/O APIC has one id, so a second one is wrong. Processors of AMD do not use it.",
  consequences: {
    blocked: {
      step: "run",
      outcome: "ineffective",
      text: "The hypervisor reserves a second block of interrupts under the other id and directs the pins of the cell to it. VT-d sees that the sender is not the one that these entries are meant for and blocks the interrupts of the cell.",
    },
  },
  help: "use the id that the root cell gives this I/O APIC",
  sources: ["hypervisor/arch/x86/vtd.c:735-741", "hypervisor/arch/x86/ioapic.c:131-133"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff01 pins 3
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  irqchip at 0xfec0_0000 id 0xff00 pins 3
}`,
  },
  *find({ cell, system, set }) {
    if (set.vendor === "amd") return;
    const known = chipsByAddress(system);
    for (const chip of cell.cell.irqchips) {
      const chips = known.get(chip.address) ?? [];
      const first = chips[0];
      if (first === undefined || chips.some((other) => sourceIdOf(other) === sourceIdOf(chip))) continue;
      const onlyIntel = set.vendor === null ? "; it matters on processors of Intel only" : "";
      yield {
        at: cell.spot(chip, "id"),
        message: `${cell.title} gives the I/O APIC at ${hex(chip.address)} the id ${hex(chip.id)}, the root cell ${hex(first.id)}${onlyIntel}`,
        also: [{ at: system.spot(first, "id"), text: `${hex(first.id)} here` }],
        ...(set.vendor === null ? { severity: "info" } : {}),
        fixes: [
          {
            title: `use the id of the root cell, ${hex(first.id)}`,
            changes: [{ kind: "set", at: { ...cell.spot(chip, "id"), field: "id" }, value: first.id }],
          },
        ],
      };
    }
  },
});

function chipsByAddress(system: CheckedConfig): ReadonlyMap<bigint, readonly Irqchip[]> {
  const byAddress = new Map<bigint, Irqchip[]>();
  for (const chip of system.cell.irqchips) {
    const same = byAddress.get(chip.address);
    if (same === undefined) byAddress.set(chip.address, [chip]);
    else same.push(chip);
  }
  return byAddress;
}
