import { defineRule, type Hit } from "../define-rule.js";
import { interruptControllers, type Resource, touching } from "../facts/intercepted.js";
import type { Region } from "../facts/region.js";
import { listed, rangeText, regionText } from "../words.js";

export const archResourceMapped = defineRule({
  id: "arch-resource-mapped",
  family: "intercept",
  title: "Interrupt controller within a region",
  severity: "error",
  otherwise: "warning where other memory hides the registers",
  scope: "set",
  statement: "No region contains registers of an interrupt controller.",
  explanation:
    "Cells share the interrupt controllers. The hypervisor traps each access to them and lets a cell see and change only what concerns its own CPUs and interrupts. Registers that are mapped into a cell, or let through by a trapped region, are out of its sight.",
  consequences: {
    mapped: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell programs the interrupts of all cells, and often the machine hangs as soon as two of them do.",
    },
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Where the cell expects the interrupt controller, it finds other memory: it gets no interrupts.",
    },
  },
  help: "leave the registers out of the region: split it around them",
  sources: [
    "hypervisor/arch/x86/ioapic.c:363",
    "hypervisor/arch/arm-common/irqchip.c:444",
    "hypervisor/arch/arm-common/gic-v3.c:139-152",
    "hypervisor/arch/arm-common/gic-v3.c:415",
    "tools/jailhouse-config-check:150-188",
  ],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  memory "devices" at 0x800_0000 size 1M rw io
}`,
    right: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  memory "devices" at 0x820_0000 size 1M rw io
}`,
  },
  *find({ set }) {
    for (const config of set.all) {
      const controllers = interruptControllers(config, set);
      const mapped = touching(config, controllers, "phys");
      for (const { region, resources } of mapped) yield mappedHit(region, resources);
      const told = new Set(mapped.map(({ region }) => region));
      for (const { region, resources } of touching(config, controllers, "virt"))
        if (!told.has(region)) yield hiddenHit(region, resources);
    }
  },
});

function mappedHit(region: Region, resources: readonly Resource[]): Hit<"mapped"> {
  return {
    at: region.spot(),
    message: `${regionText(region)} contains ${listed(resources.map(placed))}`,
    label: rangeText(region.phys),
    also: declared(resources),
  };
}

function hiddenHit(region: Region, resources: readonly Resource[]): Hit<"hidden"> {
  return {
    at: region.spot("virtStart"),
    message: `${regionText(region)} is mapped over ${listed(resources.map(placed))}`,
    label: rangeText(region.virt),
    also: declared(resources),
    as: "hidden",
    severity: "warning",
  };
}

function placed(resource: Resource): string {
  return `${resource.name} at ${rangeText(resource)}`;
}

function declared(resources: readonly Resource[]): NonNullable<Hit["also"]> {
  return resources.flatMap(({ name, spot }) =>
    spot === undefined ? [] : [{ at: spot, text: `from here on: ${name}` }],
  );
}
