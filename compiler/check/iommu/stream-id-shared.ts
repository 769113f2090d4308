import { defineRule, type Hit } from "../define-rule.js";
import { type StreamUnit, streamUnitsOf } from "../facts/iommu-types.js";
import { type ListedStream, maxVirtualId, streamHolders, streamText } from "../facts/stream-ids.js";

export const streamIdShared = defineRule({
  id: "stream-id-shared",
  family: "iommu",
  title: "Stream id of several cells",
  severity: "warning",
  otherwise: "error with a PVU, or where neither cell is the root cell",
  scope: "set",
  machines: ["arm64"],
  statement:
    "Each stream id is listed by one cell; with an MMU-500, the root cell may list those of others as well.",
  explanation:
    "The entry of a stream is written when a cell that lists it is created, whoever had it before. When that cell is destroyed, an MMU-500 gives the stream back to the root cell; an SMMUv3 forgets it. A PVU refuses an id that is in use.",
  consequences: {
    lost: {
      step: "destroy",
      outcome: "ineffective",
      text: "Nothing complains. The stream goes to the cell. When the cell is destroyed, the root cell does not get it back: DMA of the device is not translated for it any more.",
    },
    stolen: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The device reaches the memory of the cell that was created last, whichever cell drives it.",
    },
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      text: "The PVU has a context for the id already.",
    },
  },
  help: "list each stream id in the cell that the device belongs to, and nowhere else",
  sources: [
    "hypervisor/arch/arm64/smmu-v3.c:1043",
    "hypervisor/arch/arm64/smmu.c:433",
    "hypervisor/arch/arm64/ti-pvu.c:492",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu arm-mmu500 at 0x500_0000 size 128K; streams 0x11-0x12 }
cell one { use inmate(cpu = 2); streams 0x11 }
cell two { use inmate(0x7100_0000); streams 0x11 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu arm-mmu500 at 0x500_0000 size 128K; streams 0x11-0x12 }
cell one { use inmate(cpu = 2); streams 0x11 }
cell two { use inmate(0x7100_0000); streams 0x12 }`,
  },
  *find({ set }) {
    const units = streamUnitsOf(set);
    for (const holders of streamHolders(set.all).values()) {
      for (const [index, later] of holders.entries()) {
        const hits = holders
          .slice(0, Math.min(index, holdersAsked))
          .map((earlier) => ({ earlier, hit: hitOf(earlier, later, units) }))
          .filter(({ hit }) => hit !== undefined);
        const meets = hits.find(
          ({ earlier: { config } }) => !config.isRoot && set.together(config, later.config),
        );
        const worst = meets ?? hits[0];
        if (worst?.hit !== undefined) yield worst.hit;
      }
    }
  },
});

/** Of very many cells that list one id, the first ones are enough to say so. */
const holdersAsked = 64;

function hitOf(
  earlier: ListedStream,
  later: ListedStream,
  units: ReadonlySet<StreamUnit>,
): Hit<"lost" | "stolen" | "refused"> | undefined {
  const outcome = outcomeOf(earlier, later, units);
  if (outcome === undefined) return undefined;
  return {
    at: later.config.spot(later.stream),
    message: `stream id ${streamText(later.stream)} is listed by ${later.config.title} and by ${earlier.config.title}`,
    also: [{ at: earlier.config.spot(earlier.stream), text: "listed here, too" }],
    between: [earlier.config, later.config],
    ...outcome,
  };
}

function outcomeOf(
  earlier: ListedStream,
  later: ListedStream,
  units: ReadonlySet<StreamUnit>,
): Pick<Hit<"lost" | "stolen" | "refused">, "as" | "severity"> | undefined {
  if (units.has("pvu") && later.stream.id <= maxVirtualId) return { as: "refused", severity: "error" };
  if (units.has("mmu500") || units.has("smmuv3")) {
    if (!earlier.config.isRoot) return { as: "stolen", severity: "error" };
    return units.has("smmuv3") ? { as: "lost" } : undefined;
  }
  return undefined;
}
