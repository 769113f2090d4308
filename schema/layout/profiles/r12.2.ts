import { constants, profile } from "../changes.js";

export default profile({
  id: "r12.2",
  after: "r12.1",
  commit: "e194da32533d99e8bf4cad860b562d57f91a239d",
  date: "2019-08-07",
  summary: "IOMMU type SMMUv3.",
  changes: [constants({ JAILHOUSE_IOMMU_SMMUV3: 3 })],
});
