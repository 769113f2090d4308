import { defineRule } from "../define-rule.js";
import { keepsIndices } from "../facts/link-regions.js";
import { splitAt } from "../facts/region-fixes.js";
import { isTakenAsSubPage, isTakenFromRoot } from "../facts/root-memory.js";
import { firstPassedOver, mappedInRoot } from "../facts/root-unmapping.js";
import { hex, rangeText } from "../words.js";

export const memUnmapSkipHole = defineRule({
  id: "mem-unmap-skip-hole",
  family: "memory",
  title: "A part of the memory stays in the root cell",
  severity: "warning",
  scope: "root",
  statement:
    "Where memory for a cell spans holes in the memory of the root cell, each hole starts near memory that the root cell keeps, or at a large boundary.",
  explanation:
    "To take memory from the root cell, the hypervisor walks its page tables. Where a whole block of 2M or 1G is not mapped, it goes on by the size of that block from where it stands, without going back to the start of the next block. If it stands in the middle of such a block and the next one is mapped, it passes over the first part of that. It comes to stand there where the region starts in the middle of an empty block, and where it has just taken all that was mapped in a block.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The root cell keeps a part of the memory of the cell.",
    },
  },
  help: "split the region where the memory of the root cell begins, or start it at the boundary of the block",
  sources: ["hypervisor/paging.c:428-447"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x8000_0000 size 512M rwx
}
cell demo {
  use inmate()
  memory at 0x7ff0_0000 size 3M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x8000_0000 size 512M rwx
}
cell demo {
  use inmate()
  memory at 0x8000_0000 size 2M rw
}`,
  },
  *find({ cell, system }) {
    const mapped = mappedInRoot(system);
    for (const region of cell.regions) {
      if (!isTakenFromRoot(region) || isTakenAsSubPage(region)) continue;
      const found = firstPassedOver(region.phys, mapped);
      if (found === undefined) continue;
      const { kept, hole } = found;
      const isStart = hole === region.phys.start;
      yield {
        at: region.spot(),
        message: `${system.title} keeps ${rangeText(kept)} of ${cell.title}`,
        label: `${isStart ? "starts at" : "reaches"} ${hex(hole)}, where the root cell has nothing`,
        fixes: keepsIndices(region) ? [splitAt(region, kept.start)] : [],
      };
    }
  },
});
