import { defineRule } from "../define-rule.js";
import { iommuRegisters, touching } from "../facts/intercepted.js";
import { listed, rangeText, regionText } from "../words.js";

export const iommuMapped = defineRule({
  id: "iommu-mapped",
  family: "intercept",
  title: "IOMMU within a region",
  severity: "error",
  scope: "set",
  statement: "No region contains the registers of an IOMMU.",
  explanation:
    "The IOMMU keeps the devices of a cell within the memory of that cell. Whoever reaches its registers can switch that off.",
  consequences: {
    mapped: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can let its devices read and write all memory, that of the hypervisor included; a driver for the IOMMU in Linux does so without meaning it.",
    },
  },
  help: "leave the registers out of the region: split it around them",
  sources: ["hypervisor/arch/x86/vtd.c:1005", "tools/jailhouse-config-check:133-148"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "devices" at 0xfed8_0000 size 128K rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "devices" at 0xfed8_0000 size 64K rw
}`,
  },
  *find({ set }) {
    if (set.system === null) return;
    const registers = iommuRegisters(set.system);
    for (const config of set.all) {
      for (const { region, resources } of touching(config, registers, "phys")) {
        yield {
          at: region.spot(),
          message: `${regionText(region)} contains ${listed(resources.map((each) => `${each.name} at ${rangeText(each)}`))}`,
          label: rangeText(region.phys),
          also: resources.map(({ name, spot }) => ({ at: spot!, text: `from here on: ${name}` })),
        };
      }
    }
  },
});
