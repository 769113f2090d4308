import type { IommuUnit } from "../../ir/platform.js";
import { defineRule } from "../define-rule.js";
import { type CheckedSet, iommuUnitsOf } from "../facts/checked-set.js";
import { streamUnitOf, unitTypeText } from "../facts/iommu-types.js";
import { machinesText } from "../words.js";

/** The revision within which units got a type; before, the processor decided. */
const firstWithTypes = 11;

export const iommuType = defineRule({
  id: "iommu-type",
  family: "iommu",
  title: "IOMMU unit of another machine",
  severity: "error",
  otherwise: "warning on Arm",
  scope: "config",
  only: "system",
  machines: ["x86", "arm", "arm64"],
  statement:
    "IOMMU units have a type that the machine can have: that of the processor's vendor on x86, that of an SMMU or PVU on arm64.",
  explanation:
    "On x86 the hypervisor has one driver for each vendor, which takes all units up to the first one whose address is 0. On arm64 each driver picks the units of its own type. On 32-bit ARM there is no driver.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor stops at the first unit of another type.",
    },
    ignored: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. No driver takes the unit, so that it confines nobody's DMA.",
    },
  },
  help: "state the type of the unit that the machine has, or leave the unit out",
  sources: ["hypervisor/arch/x86/vtd.c:1023", "hypervisor/arch/x86/amd_iommu.c:785"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  iommu intel at 0xfed9_1000 size 4K { type = 5 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  iommu intel at 0xfed9_1000 size 4K
}`,
  },
  *find({ config, set }) {
    if ((config.config.revision ?? 0) < firstWithTypes) return;
    const isX86 = config.machine === "x86";
    for (const unit of iommuUnitsOf(config)) {
      if (isX86 ? isOfVendor(unit, set) : config.mayBe("arm64") && streamUnitOf(unit)) continue;
      yield {
        at: config.spot(unit, "type"),
        message: `the IOMMU unit is ${unitTypeText(unit)}, which ${isX86 ? vendorText(set) : machinesText(config)} cannot have`,
        as: isX86 ? "refused" : "ignored",
        ...(isX86 ? {} : { severity: "warning" as const }),
      };
    }
  },
});

function isOfVendor({ type }: IommuUnit, { vendor }: CheckedSet): boolean {
  return (
    (type === "JAILHOUSE_IOMMU_INTEL" && vendor !== "amd") ||
    (type === "JAILHOUSE_IOMMU_AMD" && vendor !== "intel")
  );
}

function vendorText({ vendor }: CheckedSet): string {
  if (vendor === null) return "x86 machines";
  return vendor === "intel" ? "Intel machines" : "AMD machines";
}
