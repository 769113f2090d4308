import { defineRule, type Hit } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex, listed } from "../words.js";

export const iommuNotOnBoard = defineRule({
  id: "iommu-not-on-board",
  family: "board",
  title: "IOMMU at an address that has none",
  severity: "error",
  scope: "board",
  statement: "Each IOMMU of a system config is one of the board.",
  explanation:
    "The hypervisor takes over the units that the config lists, one after the other, and first asks each what it is able to do.",
  consequences: {
    intel: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      text: "Where nothing answers, the version of the unit reads as 255, which the hypervisor refuses. Another device that answers is taken for a unit.",
    },
    amd: {
      step: "enable",
      outcome: "refused",
      errno: "EPERM",
      prints: ["FATAL: IOMMU %d config is locked in invalid state."],
      text: "The unit itself says that it is elsewhere, and that the firmware has locked it there.",
    },
    smmu: {
      step: "enable",
      outcome: "hang",
      text: "What is at the address does not answer as the unit should: the hypervisor gives up with an error or faults, and the machine hangs.",
    },
  },
  help: "take the address from the DMAR or IVRS table, or from the device tree",
  sources: [
    "hypervisor/arch/x86/vtd.c:1034",
    "hypervisor/arch/x86/amd_iommu.c:649",
    "hypervisor/arch/arm64/smmu.c:304",
  ],
  after: ["fmt-arch-board", "iommu-type"],
  example: {
    board: "iommus: [{ at: 0xfed90000 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); iommu intel at 0xfed9_1000 size 4K }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }): Iterable<Hit<"intel" | "amd" | "smmu">> {
    const { system } = set;
    if (system === null || board.iommus === null) return;
    const known = new Set(board.iommus.map(({ at }) => at));
    const where = listed(board.iommus.slice(0, 8).map(({ at }) => hex(at)));
    for (const [index, unit] of iommuUnitsOf(system).entries()) {
      if (known.has(unit.base)) continue;
      yield {
        at: system.spot(unit, "base"),
        message: `the board has no IOMMU at ${hex(unit.base)}, where unit ${index} is said to be`,
        notes: [where === "" ? "the board has no IOMMU at all" : `there is one at ${where}`],
        as: kinds.get(unit.type) ?? "smmu",
      };
    }
  },
});

const kinds: ReadonlyMap<unknown, "intel" | "amd"> = new Map([
  ["JAILHOUSE_IOMMU_INTEL", "intel"],
  ["JAILHOUSE_IOMMU_AMD", "amd"],
]);
