import { defineRule } from "../define-rule.js";
import type { Region } from "../facts/region.js";
import { physicalIndexOf } from "../facts/region-index.js";
import { isTakenAsSubPage, isTakenFromRoot } from "../facts/root-memory.js";
import { rangeText } from "../words.js";

export const memSubpageRootOverrevoked = defineRule({
  id: "mem-subpage-root-overrevoked",
  family: "memory",
  title: "More registers taken from the root cell than given",
  severity: "warning",
  scope: "root",
  statement: "A trapped region of a cell is one of the trapped regions of the root cell.",
  explanation:
    "The root cell has one handler for each of its trapped regions. When a cell gets a part of such a region, the hypervisor removes the handler that its first byte belongs to, as a whole, or none. At the end it makes a new one for what the two regions have in common.",
  consequences: {
    lost: {
      step: "create",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016llx size: %d"],
      text: "Nothing complains at first. The root cell loses the rest of its region as well: its next access there parks a CPU of the root cell. When the cell is destroyed, only the common part comes back. (On ARM the text is `Unhandled data %s at 0x%lx(%d)`.)",
    },
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The handler of the root cell stays, since it does not hold the first byte of the region of the cell: the root cell goes on reaching the common registers.",
    },
  },
  help: "split the region of the root cell so that one part is what the cell gets",
  sources: ["hypervisor/mmio.c:196-215", "hypervisor/control.c:326-351"],
  after: ["mem-addr-range", "mem-phys-misaligned"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 512 rw io-32
}
cell demo {
  use inmate()
  memory at 0xfea0_0400 size 256 rw io-32
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32
  memory at 0xfea0_0500 size 256 rw io-32
}
cell demo {
  use inmate()
  memory at 0xfea0_0400 size 256 rw io-32
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!isTakenFromRoot(region) || !isTakenAsSubPage(region)) continue;
      // The one that starts first: no other holds the first byte of the region if it does not.
      const different = trapped(system).first(region.phys)?.region;
      if (different === undefined || isSame(different, region)) continue;
      const isRemoved = different.phys.start <= region.phys.start;
      yield {
        at: region.spot(),
        message: isRemoved
          ? `${system.title} loses all of ${rangeText(different.phys)}, and ${cell.title} gets ${rangeText(region.phys)}`
          : `${system.title} keeps ${rangeText(different.phys)}, which ${rangeText(region.phys)} of ${cell.title} reaches into`,
        also: [{ at: different.spot(), text: "trapped as one" }],
        as: isRemoved ? "lost" : "kept",
      };
    }
  },
});

const trapped = physicalIndexOf(({ isSubPage }) => isSubPage);

function isSame(one: Region, other: Region): boolean {
  return one.phys.start === other.phys.start && one.phys.end === other.phys.end;
}
