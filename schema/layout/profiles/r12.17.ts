import { add, profile, remove } from "../changes.js";
import { struct, u8, u16, u32, union } from "../members.js";

export default profile({
  id: "r12.17",
  after: "r12.16",
  commit: "3fac413f064777bd25972e09f3020aecd1fd070a",
  date: "2020-01-13",
  summary: "What only AMD's IOMMU needs moves into a struct of the unit.",
  changes: [
    remove("jailhouse_iommu", "amd_bdf", "amd_base_cap", "amd_msi_cap", "amd_features"),
    add(
      "jailhouse_iommu",
      "end",
      union(null, [struct("amd", [u16("bdf"), u8("base_cap"), u8("msi_cap"), u32("features")])]),
    ),
  ],
});
