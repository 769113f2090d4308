import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { hex, sizeText } from "../words.js";

export const commSize = defineRule({
  id: "comm-size",
  family: "comm",
  title: "Communication region that is not one page",
  severity: "error",
  scope: "config",
  only: "cell",
  statement: "A communication region has 4K and lies at a multiple of 4K.",
  explanation:
    "The hypervisor keeps one page for the communication region, in the middle of its own description of the cell, and maps as much from there as the region says. A region that is no whole page is not mapped but trapped, and trapped accesses go to the physical address that the region names, not to that page.",
  consequences: {
    exposed: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell sees, and may change, the memory of the hypervisor behind the page.",
    },
    trapped: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell has no communication region; what it does there is done to the physical memory at `phys_start`, which usually is address 0.",
    },
    none: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing is mapped: the cell has no communication region.",
    },
  },
  help: "give the region the size 4K, and a `virt_start` that is a multiple of 4K",
  helpInLanguage:
    "write `comm`, which has the right size, with `at` a multiple of 4K if it is to be elsewhere",
  sources: [
    "hypervisor/arch/x86/vmx.c:367",
    "hypervisor/include/jailhouse/cell.h",
    "include/jailhouse/cell-config.h:165",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  comm { size = 8K }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  comm { size = 4K }
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      const { size, isSubPage, node } = region;
      if (!region.comm || (size === pageSize && !isSubPage)) continue;
      const field = size === pageSize ? "virtStart" : "size";
      const at = { ...region.spot(), field };
      const message =
        field === "size"
          ? `the communication region has the size ${size === 0n ? "0" : sizeText(size)} instead of 4K`
          : `the communication region lies at ${hex(node.virtStart)}, within a page`;
      if (field === "virtStart") yield { at, message, as: "trapped" };
      else {
        const fixes = [{ title: "make it 4K", changes: [{ kind: "set" as const, at, value: pageSize }] }];
        yield { at, message, as: size === 0n ? "none" : isSubPage ? "trapped" : "exposed", fixes };
      }
    }
  },
});
