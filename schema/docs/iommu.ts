import type { FieldDoc, StructDocs } from "./field-doc.js";

const base: FieldDoc = {
  text: "Start of the unit's registers; zero ends the list of units.",
  unit: "physical address",
};
const size: FieldDoc = { text: "Size of the unit's registers.", unit: "bytes" };
const amdBdf: FieldDoc = { text: "AMD: PCI bus, device and function of the unit." };
const amdBaseCap: FieldDoc = { text: "AMD: offset of the unit's own PCI capability.", unit: "bytes" };
const amdMsiCap: FieldDoc = { text: "AMD: offset of the unit's MSI capability.", unit: "bytes" };
const amdFeatures: FieldDoc = {
  text: "AMD: features that the firmware reports for the unit; zero: those of the unit itself.",
};
const tlbBase: FieldDoc = { text: "TI PVU: start of the window of its TLB.", unit: "physical address" };
const tlbSize: FieldDoc = { text: "TI PVU: size of the window of its TLB.", unit: "bytes" };

export const iommuDocs: StructDocs = {
  jailhouse_iommu: {
    text: "A unit that translates and checks memory accesses of devices.",
    members: {
      type: { text: "Kind of unit; zero leaves the entry unused.", values: "iommu-types" },
      base,
      size,
      amd: { text: "What only units of AMD need." },
      tipvu: { text: "What only TI's PVU needs." },
      arm_mmu500: { text: "What only an MMU-500 needs." },
      intel: { text: "A unit of Intel (fork)." },
      smmuv3: { text: "An SMMU of version 3 (fork)." },
      pvu: { text: "A PVU of TI (fork)." },
      amd_bdf: amdBdf,
      amd_base_cap: amdBaseCap,
      amd_msi_cap: amdMsiCap,
      amd_features: amdFeatures,
      arm_sid_mask: { text: "SMMU: bits of stream ids that do not count (forks)." },
      arm_smmu_arch: { text: "SMMU: architecture of the unit (forks).", values: "smmu-architectures" },
      arm_smmu_impl: { text: "SMMU: implementation of the unit (forks).", values: "smmu-implementations" },
    },
  },
  "jailhouse_iommu.amd": {
    text: "What only units of AMD need.",
    members: { bdf: amdBdf, base_cap: amdBaseCap, msi_cap: amdMsiCap, features: amdFeatures },
  },
  "jailhouse_iommu.tipvu": {
    text: "What only TI's PVU needs.",
    members: { tlb_base: tlbBase, tlb_size: tlbSize },
  },
  "jailhouse_iommu.arm_mmu500": {
    text: "What only an MMU-500 needs.",
    members: { sid_mask: { text: "Bits of stream ids that do not count." } },
  },
  jailhouse_iommu_amd: {
    text: "A unit of AMD (fork).",
    members: { base, size, bdf: amdBdf, base_cap: amdBaseCap, msi_cap: amdMsiCap, features: amdFeatures },
  },
  jailhouse_iommu_intel: { text: "A unit of Intel (fork).", members: { base, size } },
  jailhouse_iommu_smmuv3: {
    text: "An SMMU of version 3 (fork).",
    members: { smmu_base: base, smmu_size: size },
  },
  jailhouse_iommu_pvu: {
    text: "A PVU of TI (fork).",
    members: { cfg_base: base, cfg_size: size, tlb_base: tlbBase, tlb_size: tlbSize },
  },
  jailhouse_smmu_sid: {
    text: "A stream id with a mask (forks of NXP).",
    members: {
      sid: { text: "The stream id." },
      sid_mask: { text: "Bits of the id that do not count." },
    },
  },
};
