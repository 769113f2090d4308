import { constants, profile, rename, withoutConstants } from "../changes.js";

export default profile({
  id: "r0.28",
  after: "r0.27",
  commit: "6bb0812b443d0cbb0d96bb8036f75ee4d7498f02",
  date: "2015-03-12",
  aliases: ["v0.5"],
  summary: "IOMMU members get names that are not tied to one vendor.",
  changes: [
    rename("jailhouse_system.platform_info.x86", "dmar_unit_base", "iommu_base"),
    withoutConstants("JAILHOUSE_MAX_DMAR_UNITS"),
    constants({ JAILHOUSE_MAX_IOMMU_UNITS: 8 }),
  ],
});
