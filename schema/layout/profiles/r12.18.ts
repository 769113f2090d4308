import { add, constants, profile } from "../changes.js";
import { struct, u32, u64 } from "../members.js";

export default profile({
  id: "r12.18",
  after: "r12.17",
  commit: "1fb0d740f3edcf17ed20302200aa849b12356e3b",
  date: "2020-01-13",
  summary: "IOMMU type TI PVU, with its members.",
  changes: [
    add("jailhouse_iommu", { after: "amd" }, struct("tipvu", [u64("tlb_base"), u32("tlb_size")])),
    constants({ JAILHOUSE_IOMMU_PVU: 4 }),
  ],
});
