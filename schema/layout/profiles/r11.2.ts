import { add, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r11.2",
  after: "r11.1",
  commit: "07baf39e3b66f1d92805e79b6a494365267b6636",
  date: "2019-08-07",
  summary: "IOMMU units state their type.",
  changes: [
    add("jailhouse_iommu", { before: "base" }, u32("type")),
    constants({ JAILHOUSE_IOMMU_AMD: 1, JAILHOUSE_IOMMU_INTEL: 2 }),
  ],
});
