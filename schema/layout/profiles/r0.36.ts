import { add, define, profile, remove } from "../changes.js";
import { embed, u64 } from "../members.js";

export default profile({
  id: "r0.36",
  after: "r0.35",
  commit: "8721a9a3c2b02841016eb1670e7bd9b185a18ba4",
  date: "2016-02-18",
  summary: "IOMMU units become structs of their own.",
  changes: [
    define("jailhouse_iommu", [u64("base")]),
    remove("jailhouse_system.platform_info.x86", "iommu_base"),
    add("jailhouse_system.platform_info.x86", "end", embed("jailhouse_iommu", "iommu_units", 8)),
  ],
});
