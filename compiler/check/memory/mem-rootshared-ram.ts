import { defineRule } from "../define-rule.js";
import { intersection } from "../facts/intervals.js";
import { linksOfRegion } from "../facts/link-regions.js";
import { isSharedWithRoot, memoryOfLinux } from "../facts/root-memory.js";
import { rangeText, regionText } from "../words.js";

export const memRootsharedRam = defineRule({
  id: "mem-rootshared-ram",
  family: "memory",
  title: "Memory of a cell that stays with the root cell",
  severity: "warning",
  scope: "root",
  statement: "Memory that Linux runs in is not shared with a cell.",
  explanation:
    "A region with `rootshared` is not taken from the root cell. That is meant for registers that both use, and for shared memory. Memory that the root cell can execute is what Linux runs in: it does not know that the cell writes there, and the cell reads whatever Linux puts there.",
  consequences: {
    plain: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The root cell and the cell use the same memory.",
    },
  },
  help: "leave rootshared away; for memory that both are to use, define a link, or give the root cell a region of its own there that is not executable",
  sources: ["hypervisor/control.c:521-535"],
  after: ["mem-addr-range", "hv-mem-overlap"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x1000_0000 size 2M rwx dma rootshared
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 2M rwx dma
}`,
  },
  *find({ cell, system }) {
    const ram = memoryOfLinux(system);
    for (const region of cell.regions) {
      if (linksOfRegion(region).size > 0 || !isSharedWithRoot(region) || region.io) continue;
      const own = ram.first(region.phys)?.region;
      if (own === undefined) continue;
      yield {
        at: region.spot("flags"),
        message: `${rangeText(intersection(region.phys, own.phys)!)} is memory of ${cell.title} and of ${system.title}`,
        label: "is rootshared",
        also: [{ at: own.spot(), text: `${regionText(own)} is executable memory` }],
      };
    }
  },
});
