import { defineRule } from "../define-rule.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import { maxVirtualId } from "../facts/stream-ids.js";
import { count, hex } from "../words.js";

export const streamNoUnit = defineRule({
  id: "stream-no-unit",
  family: "iommu",
  title: "Stream ids without an IOMMU",
  severity: "info",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: "Stream ids are listed where the system has an IOMMU that goes by them.",
  explanation:
    "The hypervisor hands the stream ids of a cell to the SMMUs and PVUs of the system. Without any it does not look at them. A PVU knows the ids 0 to 7, and the hypervisor passes over others.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "harmless",
      text: "Nothing complains. The ids have no effect: whether the cell's devices are confined does not depend on them.",
    },
  },
  help: "describe the IOMMU of the machine in the system, or leave the ids out",
  sources: ["hypervisor/arch/arm64/smmu-v3.c:1043", "hypervisor/arch/arm64/ti-pvu.c:36"],
  after: ["iommu-gap", "iommu-type"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); streams 0x11 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu arm-mmu500 at 0x500_0000 size 128K; streams 0x11 }
cell demo { use inmate(); streams 0x11 }`,
  },
  *find({ config, set }) {
    const { streamIds } = config.cell;
    const [first] = streamIds;
    if (first === undefined || set.system === null) return;
    const units = streamUnitsOf(set);
    if (units.size === 0) {
      yield {
        at: config.spot(first),
        message: `${config.title} lists ${count(streamIds.length, "stream id")}, the system has no IOMMU for them`,
      };
    } else if (units.size === 1 && units.has("pvu")) {
      for (const stream of streamIds) {
        if (stream.id <= maxVirtualId) continue;
        yield {
          at: config.spot(stream),
          message: `the PVU knows stream ids up to ${maxVirtualId}, ${hex(stream.id)} is passed over`,
        };
      }
    }
  },
});
