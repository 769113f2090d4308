import { defineRule } from "../define-rule.js";
import { isBetweenCells } from "../facts/link-regions.js";
import { isPartlyInRoot } from "../facts/root-memory.js";
import { rangeText } from "../words.js";

export const memRootsharedMissingInRoot = defineRule({
  id: "mem-rootshared-missing-in-root",
  family: "memory",
  title: "Shared memory that the root cell does not have",
  severity: "warning",
  scope: "root",
  statement:
    "Memory that is shared with the root cell is in a region of the root cell, but for links between cells.",
  explanation:
    "With `rootshared` the hypervisor leaves the memory to the root cell when it creates the cell. That shares it only if the root cell has it to begin with. The sections of a link that the root cell is no peer of have the flag, too, and are better not in the root cell.",
  consequences: {
    missing: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. Only the cell sees the memory; an access of the root cell to it parks a CPU.",
    },
  },
  help: "add the memory to the regions of the root cell",
  sources: ["hypervisor/control.c:521"],
  after: ["mem-addr-range", "hv-mem-overlap", "arch-resource-mapped", "mmconfig-mapped", "iommu-mapped"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x4000_0000 size 64K rw rootshared
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K rw
}
cell demo {
  use inmate()
  memory at 0x4000_0000 size 64K rw rootshared
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!region.rootShared || !region.hasPhysical || isPartlyInRoot(region, system)) continue;
      if (isBetweenCells(region, system)) continue;
      yield {
        at: region.spot(),
        message: `${rangeText(region.phys)} is to be shared with ${system.title}, which does not have it`,
        label: "is rootshared",
      };
    }
  },
});
