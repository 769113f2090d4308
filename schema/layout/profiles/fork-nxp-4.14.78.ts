import { add, addTable, constants, define, profile } from "../changes.js";
import { embed, u32 } from "../members.js";

export default profile({
  id: "fork-nxp-4.14.78",
  after: "r9.1",
  fork: "nxp-imx/imx-jailhouse@imx_4.14.78_1.0.0_ga",
  commit: "126566e9de4371fc8013e976518c7c60e1425508",
  date: "2019-01-16",
  summary: "NXP i.MX: SMMU with stream ids and masks, LPUART console.",
  changes: [
    define("jailhouse_smmu_sid", [u32("sid"), u32("sid_mask")], {
      position: { before: "jailhouse_pci_device" },
    }),
    add("jailhouse_cell_desc", { after: "vpci_irq_base" }, u32("num_smmu_sids")),
    add("jailhouse_iommu", "end", u32("arm_sid_mask"), u32("arm_smmu_arch"), u32("arm_smmu_impl")),
    add("jailhouse_system.platform_info.arm", "end", embed("jailhouse_iommu", "iommu_units", 8)),
    addTable("end", "smmu_sids", "num_smmu_sids", "jailhouse_smmu_sid"),
    constants({
      JAILHOUSE_CON1_TYPE_IMX_LPUART: 9,
      ARM_SMMU_V1: 0,
      ARM_SMMU_V1_64K: 1,
      ARM_SMMU_V2: 2,
      GENERIC_SMMU: 0,
      ARM_MMU500: 1,
    }),
  ],
});
