import { defineRule } from "../define-rule.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import { maxSmmuV3Stream } from "../facts/stream-ids.js";
import { setupOf } from "../setup.js";
import { hex } from "../words.js";

const text =
  "The hypervisor does not compare the id with the size of its table. It looks for the entry in memory behind it, and faults.";

export const streamIdRange = defineRule({
  id: "stream-id-range",
  family: "iommu",
  title: "Stream behind the table of an SMMUv3",
  severity: "error",
  scope: "config",
  machines: ["arm64"],
  statement: "Stream ids behind an SMMUv3 have at most 25 bits.",
  explanation:
    "The hypervisor keeps a table of streams in two levels, of 17 and of 8 bits. That is the largest that it makes, however many streams the unit tells apart.",
  consequences: {
    enable: { step: "enable", outcome: "crash", text },
    create: { step: "create", outcome: "crash", text },
  },
  help: "correct the id: it is that of the device tree (`iommus`, `iommu-map`)",
  sources: ["hypervisor/arch/arm64/smmu-v3.c:700-760", "hypervisor/arch/arm64/smmu-v3.c:936-960"],
  after: ["stream-no-unit"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu smmuv3 at 0x2b40_0000 size 128K; streams 0x200_0000 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu smmuv3 at 0x2b40_0000 size 128K; streams 0x1f }`,
  },
  *find({ config, set }) {
    if (!streamUnitsOf(set).has("smmuv3")) return;
    for (const stream of config.cell.streamIds) {
      if (stream.id <= maxSmmuV3Stream) continue;
      yield {
        at: config.spot(stream),
        message: `the table of the SMMUv3 ends with stream ${hex(maxSmmuV3Stream)}, ${hex(stream.id)} is behind it`,
        as: setupOf(config),
      };
    }
  },
});
