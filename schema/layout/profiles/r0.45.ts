import { profile, replace } from "../changes.js";
import { embed, struct, u8, u16, u64, union } from "../members.js";

export default profile({
  id: "r0.45",
  after: "r0.44",
  commit: "938f9eef58e2ae40b19965008d4ea682dacf0732",
  date: "2016-06-20",
  summary: "The PCI configuration window is described for all architectures.",
  changes: [
    replace(
      "jailhouse_system",
      "platform_info",
      struct("platform_info", [
        u64("pci_mmconfig_base"),
        u8("pci_mmconfig_end_bus"),
        u8("padding"),
        union(null, [
          struct("x86", [
            u16("pm_timer_address"),
            u8("padding", 4),
            embed("jailhouse_iommu", "iommu_units", 8),
          ]),
          struct("arm", [
            u64("gicd_base"),
            u64("gicc_base"),
            u64("gich_base"),
            u64("gicv_base"),
            u64("gicr_base"),
            u8("maintenance_irq"),
            u8("padding", 3),
          ]),
        ]),
      ]),
    ),
  ],
});
