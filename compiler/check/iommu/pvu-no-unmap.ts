import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import { pvuRegionsOf } from "../facts/pvu-entries.js";
import { maxVirtualId } from "../facts/stream-ids.js";
import { hex, rangeText } from "../words.js";

export const pvuNoUnmap = defineRule({
  id: "pvu-no-unmap",
  family: "iommu",
  title: "DMA memory that the root cell's devices keep",
  severity: "info",
  scope: "root",
  machines: ["arm64"],
  statement: "With a PVU, a cell takes no memory from the root cell that the root cell's devices reach.",
  explanation:
    "The hypervisor fills a PVU once, and cannot take entries out of it. When a cell's memory is taken from the root cell, the entries of the root cell's stream ids remain as they were.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      prints: ["WARNING: PVU cannot unmap memory at runtime for cell %s"],
      text: "The cell is created. Devices of the root cell that have one of its stream ids can still read and write the memory that the cell got.",
    },
  },
  help: "leave the memory of cells without dma in the root cell, if none of its devices needs it there",
  sources: ["hypervisor/arch/arm64/ti-pvu.c:423"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu pvu at 0x30f8_0000 size 4K tlb at 0x3600_0000 size 256K; streams 1 }
cell demo { use inmate(); memory at 0x7200_0000 size 2M rw dma }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu pvu at 0x30f8_0000 size 4K tlb at 0x3600_0000 size 256K; streams 1 }
cell demo { use inmate(); memory at 0x7200_0000 size 2M rw }`,
  },
  *find({ cell, system, set }) {
    const id = system.cell.streamIds.find((stream) => stream.id <= maxVirtualId)?.id;
    if (!streamUnitsOf(set).has("pvu") || id === undefined) return;
    for (const region of pvuRegionsOf(cell)) {
      const kept = region.comm || region.rootShared ? undefined : reachedInRoot(region.phys, system);
      if (kept === undefined) continue;
      yield {
        at: region.spot("physStart"),
        message: `devices of ${system.title} with stream id ${hex(id)} keep reaching ${rangeText(region.phys)}`,
        also: [{ at: kept.spot(), text: "mapped for them here" }],
      };
      return;
    }
  },
});

function reachedInRoot(
  phys: Parameters<CheckedConfig["byPhysical"]["overlapping"]>[0],
  system: CheckedConfig,
) {
  for (const { region } of system.byPhysical.overlapping(phys))
    if (region.dma && region.isMapped) return region;
  return undefined;
}
