import { add, constants, profile, remove } from "../changes.js";
import { embed } from "../members.js";

export default profile({
  id: "r13.1",
  after: "r12.19",
  commit: "b9df7b984d88f627c1973e8aaa4ef21d62117ab9",
  date: "2020-05-31",
  summary: "Revision 13: IOMMU units are listed once for all architectures.",
  changes: [
    add(
      "jailhouse_system.platform_info",
      { after: "pci_domain" },
      embed("jailhouse_iommu", "iommu_units", 8),
    ),
    remove("jailhouse_system.platform_info.x86", "iommu_units"),
    remove("jailhouse_system.platform_info.arm", "iommu_units"),
    constants({ JAILHOUSE_CONFIG_REVISION: 13 }),
  ],
});
