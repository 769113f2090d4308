import { defineRule } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex } from "../words.js";

export const iommuGap = defineRule({
  id: "iommu-gap",
  family: "iommu",
  title: "IOMMU unit behind an unused one",
  severity: "warning",
  scope: "config",
  only: "system",
  statement: "IOMMU units stand one behind the other, without unused elements between them.",
  explanation:
    "The hypervisor counts the units up to the first one whose address is 0, and looks at none behind it.",
  consequences: {
    unused: {
      step: "enable",
      outcome: "isolation",
      text: "Nothing complains. The units behind the gap are not set up: the devices in front of which they are reach all memory, or no DMA of theirs works.",
    },
  },
  help: "move the unit to the first unused place",
  sources: ["hypervisor/arch/x86/iommu.c:18", "hypervisor/arch/arm64/iommu.c:18"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  iommu intel at 0 size 4K
  iommu intel at 0xfed9_1000 size 4K
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  iommu intel at 0xfed9_1000 size 4K
}`,
  },
  *find({ config }) {
    const units = config.system?.platform?.iommuUnits ?? [];
    const used = iommuUnitsOf(config).length;
    for (const unit of units.slice(used + 1)) {
      if (unit.base === 0n) continue;
      yield {
        at: config.spot(unit, "base"),
        message: `the IOMMU unit at ${hex(unit.base)} comes behind unit ${used}, whose address is 0`,
        also: [{ at: config.spot(units[used]!), text: "the hypervisor stops counting here" }],
      };
    }
  },
});
