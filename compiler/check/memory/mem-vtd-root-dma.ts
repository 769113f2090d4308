import { defineRule } from "../define-rule.js";
import { intersection } from "../facts/intervals.js";
import { isTakenFromRoot, rootRegionsUnder } from "../facts/root-memory.js";
import { rangeText } from "../words.js";

export const memVtdRootDma = defineRule({
  id: "mem-vtd-root-dma",
  family: "memory",
  title: "Devices of the root cell reach memory of a cell",
  severity: "warning",
  otherwise: "info where the vendor is not known",
  scope: "root",
  machines: ["x86"],
  statement:
    "On Intel machines, memory that the devices of the root cell can reach is given to cells with `dma`.",
  explanation:
    "VT-d has tables of its own, in which only regions with `dma` stand. When a cell is created, the hypervisor goes by the flags of its region: without `dma` it leaves the tables of the root cell alone.",
  consequences: {
    open: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The CPUs of the root cell lose the memory, but its devices go on reading and writing it.",
    },
    openOnIntel: {
      step: "create",
      outcome: "isolation",
      text: "On an Intel machine the CPUs of the root cell lose the memory, but its devices go on reading and writing it. On an AMD machine they lose it, too.",
    },
  },
  help: "add `dma` to the region of the cell, or take it from that of the root cell",
  sources: ["hypervisor/arch/x86/vtd.c:774-782", "hypervisor/control.c:310-319"],
  after: ["mem-addr-range", "comm-flag-missing"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "more" at 0x4000_0000 size 1M rwx dma
}
cell demo {
  use inmate()
  memory at 0x4000_0000 size 1M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "more" at 0x4000_0000 size 1M rwx dma
}
cell demo {
  use inmate()
  memory at 0x4000_0000 size 1M rw dma
}`,
  },
  *find({ cell, system, set }) {
    if (set.vendor === "amd") return;
    for (const region of cell.regions) {
      if (!isTakenFromRoot(region) || !region.isMapped || region.dma) continue;
      const reached = rootRegionsUnder(region, system).find((root) => root.dma && root.isMapped);
      if (reached === undefined) continue;
      yield {
        at: region.spot("flags"),
        message: `devices of ${system.title} still reach ${rangeText(intersection(region.phys, reached.phys)!)} of ${cell.title}`,
        label: "has no dma",
        also: [{ at: reached.spot("flags"), text: "has dma" }],
        as: set.vendor === null ? "openOnIntel" : "open",
        severity: set.vendor === null ? "info" : "warning",
      };
    }
  },
});
