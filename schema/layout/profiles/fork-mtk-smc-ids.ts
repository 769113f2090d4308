import { add, addTable, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "fork-mtk-smc-ids",
  after: "r14.1",
  fork: "mtk-jailhouse/jailhouse@32ed84e36477",
  commit: "32ed84e36477",
  date: "2026",
  summary: "MediaTek: SMC ids that a cell may call, and the size of the GIC redistributors.",
  changes: [
    add("jailhouse_cell_desc", { after: "num_stream_ids" }, u32("num_smc_ids")),
    add("jailhouse_system.platform_info.arm", "end", u32("gicr_size")),
    addTable("end", "smc_ids", "num_smc_ids", "u32"),
    constants({ JAILHOUSE_CONFIG_REVISION: 15 }),
  ],
});
