import { add, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "fork-nxp-5.4.24",
  after: "r12.19",
  fork: "nxp-imx/imx-jailhouse@imx_5.4.24_2.1.0",
  commit: "90e8fc8ffb06fc6f60badb0c9e916a1ee5e3a1fc",
  date: "2020-05-16",
  summary: "NXP i.MX: SMMU members of IOMMU units, LPUART console.",
  changes: [
    add("jailhouse_iommu", "end", u32("arm_sid_mask"), u32("arm_smmu_arch"), u32("arm_smmu_impl")),
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
