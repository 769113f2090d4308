import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { intersection } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";
import { physicalIndexOf } from "../facts/region-index.js";
import { isTakenAsSubPage, isTakenFromRoot } from "../facts/root-memory.js";
import { ownRegionText, rangeText } from "../words.js";

/** Each region of the root cell has to be changed; of very many, some are enough to see what is wrong. */
const rootRegionsNamed = 8;

export const memSubpageRootKeeps = defineRule({
  id: "mem-subpage-root-keeps",
  family: "memory",
  title: "Registers that the root cell keeps",
  severity: "warning",
  scope: "root",
  statement: "Registers that are given to a cell leave the root cell.",
  explanation:
    "A part of a page cannot be unmapped. When a cell gets a region that is smaller than its pages, the hypervisor only removes a trap handler of the root cell for these registers; where the root cell has the whole page mapped, there is none, and nothing is removed. In the same way, whole pages for a cell remove no handler.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The root cell goes on reaching the registers that the cell uses.",
    },
  },
  help: "list the page in the root cell as trapped regions as well, one for what the cell gets and others for the rest; or give the whole page to the cell",
  sources: ["hypervisor/control.c:303-319"],
  after: ["mem-addr-range", "mem-phys-misaligned", "mem-subpage-no-width"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0400 size 256 mapped at 2M + 0x400 rw io-32
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0400 size 256 rw io-32
}
cell demo {
  use inmate()
  memory at 0xfea0_0400 size 256 rw io-32
}`,
  },
  *find({ cell, system }) {
    for (const { region, root, asPart } of keptOf(cell, system)) {
      const kept = rangeText(intersection(region.phys, root.phys)!);
      yield {
        at: region.spot(),
        message: asPart
          ? `${system.title} keeps ${kept} of ${cell.title}: its ${ownRegionText(root)} maps the whole page`
          : `${system.title} keeps ${kept} of ${cell.title}: the trap handler of its ${ownRegionText(root)} stays`,
        label: asPart ? "a part of a page" : "whole pages",
        also: [{ at: root.spot(), text: `${asPart ? "mapped" : "trapped"} here` }],
      };
    }
  },
});

interface Kept {
  readonly region: Region;
  readonly root: Region;
  /** The region is taken as a part of a page, and the root cell's is whole pages; otherwise the other way round. */
  readonly asPart: boolean;
}

function* keptOf(cell: CheckedConfig, system: CheckedConfig): Generator<Kept, void> {
  for (const region of cell.regions) {
    if (!isTakenFromRoot(region)) continue;
    const asPart = isTakenAsSubPage(region);
    let named = 0;
    for (const { region: root } of (asPart ? mapped : trapped)(system).overlapping(region.phys)) {
      yield { region, root, asPart };
      named += 1;
      if (named === rootRegionsNamed) break;
    }
  }
}

const mapped = physicalIndexOf((region) => !region.isSubPage && isUsed(region));
const trapped = physicalIndexOf((region) => region.isSubPage && isUsed(region));

function isUsed({ read, write, execute }: Region): boolean {
  return read || write || execute;
}
