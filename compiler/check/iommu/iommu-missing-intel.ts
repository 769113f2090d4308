import { defineRule } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";

export const iommuMissingIntel = defineRule({
  id: "iommu-missing-intel",
  family: "iommu",
  title: "Intel machine without an IOMMU",
  severity: "error",
  otherwise: "warning where the vendor is not known",
  scope: "config",
  only: "system",
  machines: ["x86"],
  statement: "The system of an Intel machine has an IOMMU unit.",
  explanation:
    "On Intel processors Jailhouse confines DMA and remaps interrupts by VT-d, and does not run without. It counts the units up to the first one whose address is 0.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["Initializing unit: VT-d"],
      text: "An Intel machine cannot be enabled. One with an AMD processor can, and then nothing confines the DMA of its devices.",
    },
  },
  help: "describe the DMAR units of the machine; `jailhouse config create` finds them",
  sources: ["hypervisor/arch/x86/vtd.c:1010"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(iommu-base = 0) }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    vendor: "intel",
  },
  *find({ config, set }) {
    const platform = config.system?.platform;
    if (!platform || set.vendor === "amd" || iommuUnitsOf(config).length > 0) return;
    yield {
      at: config.spot(platform, "iommuUnits"),
      message:
        set.vendor === "intel"
          ? "the system has no IOMMU unit, which an Intel machine needs"
          : "the system has no IOMMU unit: an Intel machine refuses it, one with an AMD processor confines no DMA",
      ...(set.vendor === null ? { severity: "warning" as const } : {}),
    };
  },
});
