import { add, profile } from "../changes.js";
import { u8, u16, u32 } from "../members.js";

export default profile({
  id: "r0.38",
  after: "r0.37",
  commit: "a7ce9790b29e014851e1102dd4138c4597a455b1",
  date: "2015-03-13",
  summary: "IOMMU units carry what AMD's need.",
  changes: [
    add("jailhouse_iommu", "end", u16("amd_bdf"), u8("amd_base_cap"), u8("amd_msi_cap"), u32("amd_features")),
  ],
});
