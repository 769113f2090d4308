import { add, addTable, constants, define, profile } from "../changes.js";
import { embed, u32, u64 } from "../members.js";

export default profile({
  id: "fork-nxp-5.4.3",
  after: "r10.7",
  fork: "nxp-imx/imx-jailhouse@imx_5.4.3_2.0.0",
  commit: "c9bb81e22b4496361b0412250604ac779fc944e5",
  date: "2020-02-24",
  summary: "NXP i.MX: SMMU, and the PCI window of each cell.",
  changes: [
    define("jailhouse_smmu_sid", [u32("sid"), u32("sid_mask")], {
      position: { before: "jailhouse_pci_device" },
    }),
    add(
      "jailhouse_cell_desc",
      { after: "msg_reply_timeout" },
      u64("pci_cfg_base"),
      u64("pci_cfg_size"),
      u32("ivshmem_irq"),
      u32("num_smmu_sids"),
    ),
    add("jailhouse_iommu", "end", u32("arm_sid_mask"), u32("arm_smmu_arch"), u32("arm_smmu_impl")),
    add("jailhouse_system.platform_info.arm", "end", embed("jailhouse_iommu", "iommu_units", 8)),
    addTable("end", "smmu_sids", "num_smmu_sids", "jailhouse_smmu_sid"),
    constants({
      JAILHOUSE_CON_TYPE_IMX_LPUART: 9,
      ARM_SMMU_V1: 0,
      ARM_SMMU_V1_64K: 1,
      ARM_SMMU_V2: 2,
      GENERIC_SMMU: 0,
      ARM_MMU500: 1,
    }),
  ],
});
