import {
  add,
  addByteTable,
  addTable,
  constants,
  define,
  drop,
  profile,
  remove,
  removeTable,
  rename,
  replace,
  withoutMacros,
} from "../changes.js";
import { embed, u8, u16, u32, u64, union } from "../members.js";

export default profile({
  id: "fork-ti-0.10",
  after: "r12.3",
  fork: "sadik-smd/ti-jailhouse@ti-jailhouse-0.10",
  commit: "b3a68ac89d7ed955546eae91954b184ec1583ce3",
  date: "2019-09-26",
  summary: "TI: register maps, and one struct per type of IOMMU.",
  changes: [
    define(
      "jailhouse_regmap",
      [u64("reg_base"), u32("reg_count"), u8("reg_size"), u32("flags"), u32("reg_bitmap", 8)],
      { position: { before: "jailhouse_pci_device" } },
    ),
    define(
      "jailhouse_iommu_amd",
      [u64("base"), u32("size"), u16("bdf"), u8("base_cap"), u8("msi_cap"), u32("features")],
      { packed: false, position: { before: "jailhouse_iommu" } },
    ),
    define("jailhouse_iommu_intel", [u64("base"), u32("size")], {
      packed: false,
      position: { before: "jailhouse_iommu" },
    }),
    define("jailhouse_iommu_smmuv3", [u64("smmu_base"), u32("smmu_size")], {
      packed: false,
      position: { before: "jailhouse_iommu" },
    }),
    define("jailhouse_iommu_pvu", [u64("cfg_base"), u32("cfg_size"), u64("tlb_base"), u32("tlb_size")], {
      packed: false,
      position: { before: "jailhouse_iommu" },
    }),
    rename("jailhouse_cell_desc", "num_pio_regions", "pio_bitmap_size"),
    add("jailhouse_cell_desc", { after: "num_stream_ids" }, u32("num_regmaps")),
    remove("jailhouse_pci_device", "msi_maskable"),
    replace("jailhouse_pci_device", "msi_64bits", u8("msi_64bits")),
    remove("jailhouse_iommu", "base", "size", "amd_bdf", "amd_base_cap", "amd_msi_cap", "amd_features"),
    add(
      "jailhouse_iommu",
      "end",
      union(null, [
        embed("jailhouse_iommu_amd", "amd"),
        embed("jailhouse_iommu_intel", "intel"),
        embed("jailhouse_iommu_smmuv3", "smmuv3"),
        embed("jailhouse_iommu_pvu", "pvu"),
      ]),
    ),
    drop("jailhouse_pio"),
    removeTable("pio_regions"),
    addByteTable({ after: "irqchips" }, "pio_bitmap", "pio_bitmap_size", "u8"),
    addTable("end", "regmaps", "num_regmaps", "jailhouse_regmap"),
    constants({
      JAILHOUSE_IOMMU_AMD: 0,
      JAILHOUSE_IOMMU_INTEL: 1,
      JAILHOUSE_IOMMU_SMMUV3: 2,
      JAILHOUSE_IOMMU_PVU: 3,
    }),
    withoutMacros("PIO_RANGE"),
  ],
});
