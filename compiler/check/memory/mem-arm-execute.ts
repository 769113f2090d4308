import { defineRule } from "../define-rule.js";
import { linksOfRegion } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { count } from "../words.js";

export const memArmExecute = defineRule({
  id: "mem-arm-execute",
  family: "memory",
  title: "Right to execute is not enforced",
  severity: "info",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: "Nothing on ARM relies on a region that lacks the right to execute.",
  explanation:
    "On ARM the hypervisor maps all memory of a cell so that code can run in it, whether the region says `x` or not. Only the inmate itself can forbid it, by its own page tables.",
  consequences: {
    open: { step: "run", outcome: "ineffective", text: "Code runs in these regions, too." },
  },
  help: "let the inmate protect the memory itself, if it matters",
  sources: ["hypervisor/arch/arm-common/mmu_cell.c:38-41"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7100_0000 size 64K mapped at 2M rw
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7100_0000 size 64K mapped at 2M rwx
}`,
  },
  *find({ config }) {
    const data = config.regions.filter(isReadableMemory);
    const first = data.find(({ execute }) => !execute);
    if (first === undefined || data.every(({ execute }) => !execute)) return;
    const number = data.filter(({ execute }) => !execute).length;
    yield {
      at: first.spot("flags"),
      message: `code can run in ${count(number, "region")} of ${config.title} without the right to execute`,
      label: number > 1 ? "the first of them" : "has no x",
    };
  },
});

/** Memory of the cell alone: neither registers, nor the communication region, nor memory shared with others. */
function isReadableMemory(region: Region): boolean {
  return (
    region.isMapped && region.read && region.hasPhysical && !region.io && linksOfRegion(region).size === 0
  );
}
