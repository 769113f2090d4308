import type { IommuUnit } from "../../ir/platform.js";
import { defineRule, type Hit } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex, sizeText } from "../words.js";

/** Of the hypervisor's addresses, this much is kept for each unit of VT-d (hypervisor/arch/x86/vtd.c:162). */
const dmarRoom = 0x4000n;

type Key = "refused" | "noMemory" | "fault" | "beyond";
type Mistake = Pick<Hit<Key>, "as" | "message" | "severity">;

export const iommuSize = defineRule({
  id: "iommu-size",
  family: "iommu",
  title: "Size of an IOMMU unit",
  severity: "error",
  otherwise: "warning for more than 16K on Intel",
  scope: "config",
  only: "system",
  machines: ["x86", "arm64"],
  statement: "An IOMMU unit has a size: a power of two on AMD, at most 16K on Intel.",
  explanation:
    "The hypervisor maps as many bytes of a unit's registers as the config says. For VT-d it keeps 16K of its own addresses for each unit; the driver for AMD wants a power of two.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor stops at this unit.",
    },
    noMemory: {
      step: "enable",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The hypervisor finds no addresses for a unit of no size.",
    },
    fault: {
      step: "enable",
      outcome: "crash",
      text: "Nothing of the unit is mapped, and the hypervisor faults when it first reads a register.",
    },
    beyond: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. The mapping goes on behind the addresses that are kept for the unit: that of the next unit, or whatever is mapped there later, replaces the end of it.",
    },
  },
  help: "use the size that the machine's manual, ACPI tables or device tree state",
  sources: [
    "hypervisor/arch/x86/amd_iommu.c:636",
    "hypervisor/arch/x86/vtd.c:1013",
    "hypervisor/arch/x86/vtd.c:1028",
    "hypervisor/paging.c:494",
  ],
  after: ["iommu-type"],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  iommu amd at 0xfeb7_0000 size 24K { bdf 00:01.2; base-cap 0x40; msi-cap 0x54 }
}`,
    right: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  iommu amd at 0xfeb7_0000 size 16K { bdf 00:01.2; base-cap 0x40; msi-cap 0x54 }
}`,
  },
  *find({ config }) {
    // Before revisions units had no size, or no fixed one.
    if (config.config.revision === null) return;
    for (const unit of iommuUnitsOf(config)) {
      const mistake = mistakeOf(unit);
      if (mistake !== undefined) yield { at: config.spot(unit, "size"), ...mistake };
    }
  },
});

function mistakeOf({ type, base, size }: IommuUnit): Mistake | undefined {
  const unit = `the IOMMU unit at ${hex(base)} has ${size === 0n ? "no size" : `a size of ${sizeText(size)}`}`;
  switch (type) {
    case "JAILHOUSE_IOMMU_AMD":
      if (size === 0n) return { as: "noMemory", message: unit };
      return (size & (size - 1n)) === 0n
        ? undefined
        : { as: "refused", message: `${unit}, which is no power of two` };
    case "JAILHOUSE_IOMMU_INTEL":
      if (size === 0n) return { as: "fault", message: unit };
      return size <= dmarRoom
        ? undefined
        : { as: "beyond", message: `${unit}, there is room for ${sizeText(dmarRoom)}`, severity: "warning" };
    case "JAILHOUSE_IOMMU_ARM_MMU500":
      return size === 0n ? { as: "noMemory", message: unit } : undefined;
    case "JAILHOUSE_IOMMU_SMMUV3":
    case "JAILHOUSE_IOMMU_PVU":
      return size === 0n ? { as: "fault", message: unit } : undefined;
    default:
      return undefined;
  }
}
