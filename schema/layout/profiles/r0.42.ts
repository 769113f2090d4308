import { add, profile } from "../changes.js";
import { struct, u8, u64 } from "../members.js";

export default profile({
  id: "r0.42",
  after: "r0.41",
  commit: "e7a677cbaefce5d9595e8fd03aac930999d6119d",
  date: "2016-09-25",
  summary: "ARM platforms describe the addresses of their interrupt controller (GIC).",
  changes: [
    add(
      "jailhouse_system.platform_info",
      "end",
      struct("arm", [
        u64("gicd_base"),
        u64("gicc_base"),
        u64("gich_base"),
        u64("gicv_base"),
        u64("gicr_base"),
        u8("maintenance_irq"),
        u8("padding", 3),
      ]),
    ),
  ],
});
