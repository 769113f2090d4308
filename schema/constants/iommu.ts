import { type ConstantGroup, prefixed } from "./group.js";

export const iommuTypes: ConstantGroup = {
  id: "iommu-types",
  kind: "enum",
  title: "Type of an IOMMU unit",
  names: prefixed("JAILHOUSE_IOMMU_", {
    AMD: "AMD-Vi.",
    INTEL: "Intel VT-d.",
    SMMUV3: "ARM SMMU version 3.",
    PVU: "Peripheral virtualization unit of TI.",
    ARM_MMU500: "ARM MMU-500, an SMMU of version 2.",
    SMMUV2: "ARM SMMU version 2 (forks).",
  }),
};

export const smmuArchitectures: ConstantGroup = {
  id: "smmu-architectures",
  kind: "enum",
  title: "Architecture of an ARM SMMU (forks of NXP)",
  names: prefixed("ARM_SMMU_", {
    V1: "Version 1.",
    V1_64K: "Version 1 with pages of 64 KiB.",
    V2: "Version 2.",
  }),
};

export const smmuImplementations: ConstantGroup = {
  id: "smmu-implementations",
  kind: "enum",
  title: "Implementation of an ARM SMMU (forks of NXP)",
  names: [
    { name: "GENERIC_SMMU", short: "generic", text: "None that needs special care." },
    { name: "ARM_MMU500", short: "mmu500", text: "ARM MMU-500." },
  ],
};
