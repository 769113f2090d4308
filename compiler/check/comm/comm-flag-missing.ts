import { defineRule } from "../define-rule.js";
import { pageSize, type Region } from "../facts/region.js";
import { regionText } from "../words.js";

export const commFlagMissing = defineRule({
  id: "comm-flag-missing",
  family: "comm",
  title: "Physical page 0 in place of the communication region",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "A cell without a communication region has no page of data at physical address 0.",
  explanation:
    "A communication region usually names no physical address: the hypervisor puts a page of its own there, because of the flag JAILHOUSE_MEM_COMM_REGION. Without that flag the same region is memory like any other, the first page of the machine.",
  consequences: {
    taken: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell gets the first page of the machine, which the root cell loses, and has no communication region: what it looks up there is whatever lies in that page.",
    },
  },
  help: "add the flag JAILHOUSE_MEM_COMM_REGION to the region, or name the memory that it is to have",
  helpInLanguage:
    "write `comm`, with `at` and the address that the cell sees, or name the memory that it is to have",
  sources: ["hypervisor/arch/x86/vmx.c:367", "hypervisor/arch/arm-common/mmu_cell.c:36"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory "low" at 0 size 1M rw }
cell demo {
  cpus 3
  flags passive-commreg
  memory "RAM" at 0x7000_0000 size 1M mapped at 0 rwx loadable
  memory at 0 size 4K mapped at 0x8000_0000 rw
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory "low" at 0 size 1M rw }
cell demo {
  cpus 3
  flags passive-commreg
  memory "RAM" at 0x7000_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config }) {
    if (!config.hasConstant("JAILHOUSE_MEM_COMM_REGION") || config.regions.some(({ comm }) => comm)) return;
    for (const region of config.regions.filter(looksLikeCommRegion)) {
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} is the first page of the machine, and the cell has no communication region`,
        label: "no flag COMM_REGION",
      };
    }
  },
});

/** A page that is named by where the cell sees it alone. What is mapped at 0 as well, or runs programs, is memory. */
function looksLikeCommRegion(region: Region): boolean {
  const { node, size, read, write, execute, loadable, io, dma, rootShared } = region;
  return (
    node.physStart === 0n &&
    node.virtStart !== 0n &&
    size === pageSize &&
    read &&
    write &&
    !(execute || loadable || io || dma || rootShared)
  );
}
