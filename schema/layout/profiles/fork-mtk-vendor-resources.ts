import { add, addTable, define, profile } from "../changes.js";
import { u32, u64 } from "../members.js";

export default profile({
  id: "fork-mtk-vendor-resources",
  after: "fork-mtk-smc-ids",
  fork: "mtk-jailhouse/jailhouse@ef6bc0aa103d",
  commit: "ef6bc0aa103d",
  date: "2026",
  summary: "MediaTek: SMC ids, and shared register blocks handed out bit by bit.",
  changes: [
    define("jailhouse_vendor_resource", [u32("type"), u64("address"), u32("base"), u32("bitmap", 4)]),
    add("jailhouse_cell_desc", { after: "num_smc_ids" }, u32("num_vendor_resources")),
    addTable("end", "vendor_resources", "num_vendor_resources", "jailhouse_vendor_resource"),
  ],
});
