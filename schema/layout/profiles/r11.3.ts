import { add, profile } from "../changes.js";
import { embed } from "../members.js";

export default profile({
  id: "r11.3",
  after: "r11.2",
  commit: "52a995b2b19b028ad3a13df48e345f58f49648d2",
  date: "2019-08-07",
  summary: "ARM platforms list IOMMU units too.",
  changes: [add("jailhouse_system.platform_info.arm", "end", embed("jailhouse_iommu", "iommu_units", 8))],
});
