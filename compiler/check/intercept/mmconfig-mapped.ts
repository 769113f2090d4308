import { defineRule } from "../define-rule.js";
import { configurationSpace, touching } from "../facts/intercepted.js";
import { rangeText, regionText } from "../words.js";

export const mmconfigMapped = defineRule({
  id: "mmconfig-mapped",
  family: "intercept",
  title: "PCI configuration space within a region",
  severity: "error",
  scope: "set",
  statement: "No region contains the memory-mapped configuration space of PCI.",
  explanation:
    "The hypervisor traps each access to configuration space and lets a cell see its own devices only, with their harmless registers writable. Where the space is mapped into a cell, nothing traps. On machines without PCI the space exists by these traps alone.",
  consequences: {
    mapped: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell configures every device of the machine: it can move their registers, and switch on their DMA and interrupts.",
    },
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The region takes the place of configuration space: the cell finds no PCI devices, shared-memory devices among them.",
    },
  },
  help: "leave the space out of the region: split it around the space",
  sources: ["hypervisor/pci.c:677-679", "tools/jailhouse-config-check:114-131"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "devices" at 0xbff0_0000 size 2M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "devices" at 0xc000_0000 size 1M rw
}`,
  },
  *find({ set }) {
    const { system } = set;
    const space = system === null ? undefined : configurationSpace(system);
    if (space === undefined) return;
    const isVirtual = system?.system?.platform?.pciIsVirtual !== 0;
    for (const config of set.all) {
      const mapped = isVirtual ? [] : touching(config, [space], "phys");
      const told = new Set(mapped.map(({ region }) => region));
      const hiding = touching(config, [space], "virt").filter(({ region }) => !told.has(region));
      for (const { region } of [...mapped, ...hiding]) {
        const isMapped = told.has(region);
        yield {
          at: region.spot(isMapped ? undefined : "virtStart"),
          message: `${regionText(region)} ${isMapped ? "contains" : "is mapped over"} ${space.name} at ${rangeText(space)}`,
          label: rangeText(isMapped ? region.phys : region.virt),
          also: [{ at: space.spot!, text: `from here on: ${space.name}` }],
          as: isMapped ? "mapped" : "hidden",
        };
      }
    }
  },
});
