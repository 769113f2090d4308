import { defineRule } from "../define-rule.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import { matchContains, streamMatchOf, streamText } from "../facts/stream-ids.js";

/** A unit has at most 128 entries to match by. */
const mostMatches = 128;

export const streamNotInRoot = defineRule({
  id: "stream-not-in-root",
  family: "iommu",
  title: "Stream id that the root cell does not list",
  severity: "warning",
  scope: "root",
  machines: ["arm64"],
  statement:
    "With an MMU-500, the root cell lists the streams of all devices, those of other cells included.",
  explanation:
    "Streams that no entry matches are faults to an MMU-500. A cell takes the streams that it lists from the root cell, and they go back to it when the cell is destroyed, if it lists the very same id and mask.",
  consequences: {
    faults: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. As long as the cell does not exist, before it is created and after it is destroyed, no DMA of the device works, in the root cell either.",
    },
  },
  help: "list the stream id in the system, too",
  sources: ["hypervisor/arch/arm64/smmu.c:467", "hypervisor/arch/arm64/smmu.c:541"],
  after: ["stream-id-overlap"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu arm-mmu500 at 0x500_0000 size 128K; streams 0x11 }
cell demo { use inmate(); streams 0x12 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu arm-mmu500 at 0x500_0000 size 128K; streams 0x11-0x12 }
cell demo { use inmate(); streams 0x12 }`,
  },
  *find({ cell, system, set }) {
    const { streamIds } = system.cell;
    if (!streamUnitsOf(set).has("mmu500") || streamIds.length === 0) return;
    const known = new Set(streamIds.map(({ id }) => id));
    const matches = streamIds.slice(0, mostMatches).map(streamMatchOf);
    for (const stream of cell.cell.streamIds) {
      const own = streamMatchOf(stream);
      if (known.has(stream.id) || matches.some((match) => matchContains(match, own))) continue;
      yield {
        at: cell.spot(stream),
        message: `stream id ${streamText(stream)} of ${cell.title} is none of ${system.title}`,
      };
    }
  },
});
