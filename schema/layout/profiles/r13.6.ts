import { add, constants, profile } from "../changes.js";
import { struct, u32 } from "../members.js";

export default profile({
  id: "r13.6",
  after: "r13.5",
  commit: "a744fadddd8bce4e6b32e283ca84f5f6c17cd3f6",
  date: "2020-09-22",
  summary: "IOMMU type MMU-500, with a mask of stream ids in the unit.",
  changes: [
    add("jailhouse_iommu", { after: "tipvu" }, struct("arm_mmu500", [u32("sid_mask")])),
    constants({ JAILHOUSE_IOMMU_ARM_MMU500: 5 }),
  ],
});
