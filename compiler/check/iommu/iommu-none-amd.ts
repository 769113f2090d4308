import { defineRule } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";

export const iommuNoneAmd = defineRule({
  id: "iommu-none-amd",
  family: "iommu",
  title: "AMD machine without an IOMMU",
  severity: "warning",
  scope: "config",
  only: "system",
  machines: ["x86"],
  statement: "The system of an AMD machine has an IOMMU unit.",
  explanation:
    "Devices read and write memory by themselves, and only an IOMMU can keep them to that of their cell. On AMD processors Jailhouse runs without one, for the sake of emulated machines.",
  consequences: {
    unconfined: {
      step: "enable",
      outcome: "isolation",
      text: "Nothing complains. Every device of every cell can reach all memory, that of the hypervisor included.",
    },
  },
  help: "describe the IOMMU units of the machine; `jailhouse config create` finds them",
  sources: ["hypervisor/arch/x86/amd_iommu.c:312"],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc { use amd-pc(iommu-base = 0) }`,
    right: `import "machines/amd-pc.jail"
system pc { use amd-pc() }`,
    vendor: "amd",
  },
  *find({ config, set }) {
    const platform = config.system?.platform;
    if (!platform || set.vendor !== "amd" || iommuUnitsOf(config).length > 0) return;
    yield {
      at: config.spot(platform, "iommuUnits"),
      message: "the system has no IOMMU unit: the DMA of all devices is unconfined",
    };
  },
});
