import { defineRule } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { count } from "../words.js";

export const smmuv3RootTables = defineRule({
  id: "smmuv3-root-tables",
  family: "iommu",
  title: "Devices of a cell behind an SMMUv3",
  severity: "warning",
  scope: "root",
  machines: ["arm64"],
  statement: "Streams of a cell are not behind an SMMUv3.",
  explanation:
    "When the hypervisor sets up a stream for a cell, it takes the page tables of the cell that runs on the CPU at that moment. Cells are created by the root cell, so the stream of every cell gets the tables of the root cell.",
  consequences: {
    root: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The devices of the cell read and write memory of the root cell, at the root cell's addresses, and do not reach the memory of their own cell, which has been taken from the root cell.",
    },
  },
  help: "leave the devices with the root cell, or correct the hypervisor before you rely on its SMMUv3",
  sources: ["hypervisor/arch/arm64/smmu-v3.c:573-612"],
  after: ["stream-not-in-root", "stream-no-unit"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  iommu smmuv3 at 0x2b40_0000 size 128K
}
cell demo {
  use inmate()
  streams 5
}`,
    right: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  iommu smmuv3 at 0x2b40_0000 size 128K
}
cell demo { use inmate() }`,
  },
  *find({ cell, system }) {
    const unit = iommuUnitsOf(system).find(({ type }) => type === "JAILHOUSE_IOMMU_SMMUV3");
    const { streamIds } = cell.cell;
    const first = streamIds[0];
    if (unit === undefined || first === undefined) return;
    yield {
      at: cell.spot(first),
      message: `${count(streamIds.length, "stream")} of ${cell.title} ${streamIds.length === 1 ? "is" : "are"} translated by the page tables of ${system.title}`,
      also: [{ at: system.spot(unit), text: "the SMMUv3" }],
    };
  },
});
