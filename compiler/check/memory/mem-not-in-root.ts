import { defineRule } from "../define-rule.js";
import { isBetweenCells } from "../facts/link-regions.js";
import { isPartlyInRoot } from "../facts/root-memory.js";
import { rangeText } from "../words.js";

export const memNotInRoot = defineRule({
  id: "mem-not-in-root",
  family: "memory",
  title: "Memory that the root cell never had",
  severity: "warning",
  scope: "root",
  statement:
    "The memory of a cell, but for what cells share among themselves, is part of what the config of the root cell lists.",
  explanation:
    "A cell borrows its memory from the root cell. What no region of the root cell covers is mapped into the cell all the same: nobody checks whether it is RAM, a device or a hole, and whether firmware or the hypervisor use it. The shared memory of a link between cells is better not in the root cell, which would reach it.",
  consequences: {
    granted: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell gets whatever lies at the address, and the root cell does not get it when the cell is destroyed.",
    },
  },
  help: "add the memory to the regions of the root cell, or correct the address",
  sources: ["hypervisor/control.c:330-345"],
  after: [
    "mem-addr-range",
    "mem-rootshared-missing-in-root",
    "hv-mem-overlap",
    "arch-resource-mapped",
    "mmconfig-mapped",
    "iommu-mapped",
    "load-not-in-root",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory "device" at 0xfea0_0000 size 64K rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "device" at 0xfea0_0000 size 64K rw
}
cell demo {
  use inmate()
  memory "device" at 0xfea0_0000 size 64K rw
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!region.hasPhysical || isPartlyInRoot(region, system)) continue;
      if (isBetweenCells(region, system)) continue;
      yield {
        at: region.spot("physStart"),
        message: `${rangeText(region.phys)} of ${cell.title} is in no region of ${system.title}`,
        label: "is not the root cell's to give",
      };
    }
  },
});
