import { defineRule } from "../define-rule.js";
import { lengthOf } from "../facts/intervals.js";
import { notInRoot } from "../facts/root-memory.js";
import { count, rangeText, regionText } from "../words.js";

export const memPartialRoot = defineRule({
  id: "mem-partial-root",
  family: "memory",
  title: "Memory that the root cell has only in part",
  severity: "warning",
  scope: "root",
  statement: "The root cell lists all of the memory of a cell, or none of it.",
  explanation:
    "When a cell is created, the whole of its region is mapped into it, whatever part of it the root cell has. When it is destroyed, only the common part goes back to the root cell.",
  consequences: {
    granted: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell gets the rest of the region, too, although nobody had it to give; it stays without an owner when the cell is destroyed.",
    },
  },
  help: "make the region end where that of the root cell ends, or let the root cell list all of it",
  sources: ["hypervisor/control.c:330-345"],
  after: [
    "mem-addr-range",
    "mem-phys-misaligned",
    "hv-mem-overlap",
    "arch-resource-mapped",
    "mmconfig-mapped",
    "iommu-mapped",
    "load-not-in-root",
    "mem-unmap-skip-hole",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3eff_0000 size 128K mapped at 2M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3eff_0000 size 64K mapped at 2M rw
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!region.hasPhysical) continue;
      const missing = notInRoot(region, system);
      const [first] = missing;
      if (first === undefined || lengthOf(missing) === lengthOf([region.phys])) continue;
      const others = missing.length - 1;
      yield {
        at: region.spot(),
        message: `${rangeText(first)} of ${regionText(region)} is in no region of ${system.title}`,
        label: `all of it is ${rangeText(region.phys)}`,
        notes:
          others > 0
            ? [`${count(others, "other part")} of it ${others > 1 ? "are" : "is"} missing, too`]
            : [],
      };
    }
  },
});
