import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";

type Key = "taken" | "later" | "noDomain" | "tooHigh" | "silent";

export const rootIdNonzero = defineRule<"config", Key>({
  id: "root-id-nonzero",
  family: "format",
  title: "Root cell with a number",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "The id of the root cell is 0.",
  explanation:
    "The driver counts cells from 0, which is the root cell, and writes the number of each cell into its config, but not into that of the root cell. The hypervisor goes by what stands there.",
  consequences: {
    taken: {
      step: "create",
      outcome: "refused",
      errno: "EEXIST",
      text: "One of the cells gets this number from the driver, and the hypervisor knows it as that of the root cell.",
    },
    later: {
      step: "create",
      outcome: "ineffective",
      text: "The state of the root cell is shown as `invalid`, and the cell that the driver gives this number cannot be created (EEXIST).",
    },
    noDomain: {
      step: "enable",
      outcome: "refused",
      errno: "ERANGE",
      text: "The IOMMU tells cells apart by 16 bits at most.",
    },
    tooHigh: {
      step: "enable",
      outcome: "refused",
      errno: "E2BIG",
      text: "The processor tells cells apart by eight bits.",
    },
    silent: {
      step: "enable",
      outcome: "hang",
      text: "The processor tells cells apart by eight bits. The hypervisor finds that out before it can turn back: the machine stands still after its first lines on the console.",
    },
  },
  help: "leave the id of the root cell at 0",
  sources: [
    "hypervisor/control.c:445",
    "hypervisor/control.c:771",
    "driver/cell.c:53",
    "hypervisor/arch/x86/vtd.c:727",
    "hypervisor/arch/x86/amd_iommu.c:164",
    "hypervisor/arch/arm-common/mmu_cell.c:113",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); id 1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); id 0 }`,
  },
  *find({ config, set }) {
    const { id } = config.cell;
    if (id === 0) return;
    const at = { ...config.cellSpot(), field: "id" };
    yield {
      at,
      message: `the root cell has id ${id} instead of 0`,
      as: consequenceOf(id, config, set),
      fixes: [{ title: "set the id to 0", changes: [{ kind: "set", at, value: 0n }] }],
    };
  },
});

/** VT-d has so many domains at most, and the IOMMU of AMD. */
const domains = 0x1_0000;
const idsOfArm = 0x100;

function consequenceOf(id: number, { machine }: CheckedConfig, { cells }: CheckedSet): Key {
  if (machine === "x86" && id >= domains) return "noDomain";
  if (machine === "arm64" && id >= idsOfArm) return "silent";
  if (machine === "arm" && id >= idsOfArm) return "tooHigh";
  return id <= cells.length ? "taken" : "later";
}
