import { add, macro, profile } from "../changes.js";
import { text } from "../members.js";

export default profile({
  id: "r0.30",
  after: "r0.29",
  commit: "3da2c8e45a16c18b6ef28a982bf3d18289b4747a",
  date: "2015-08-14",
  summary: "Files begin with a signature, JAILSYST or JAILCELL.",
  changes: [
    add("jailhouse_cell_desc", { before: "name" }, text("signature", 8)),
    add("jailhouse_system", { before: "hypervisor_memory" }, text("signature", 8)),
    macro("JAILHOUSE_CELL_DESC_SIGNATURE", null, '"JAILCELL"'),
    macro("JAILHOUSE_SYSTEM_SIGNATURE", null, '"JAILSYST"'),
  ],
});
