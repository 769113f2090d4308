import { addTable, constants, define, profile, removeTable, rename } from "../changes.js";
import { u8, u64 } from "../members.js";

export default profile({
  id: "fork-siemens-new-cpu-config",
  after: "r13.8",
  fork: "siemens/jailhouse@wip/new-cpu-config (mirror of NXP)",
  commit: "8c95cc9061811fef44b2356b353acf1d70ca9a26",
  date: "2020-02-16",
  summary: "One entry per CPU instead of a set of CPUs, before architectures were stated.",
  changes: [
    define("jailhouse_cpu", [u64("phys_id"), u8("padding", 8)], { position: { before: "jailhouse_memory" } }),
    rename("jailhouse_cell_desc", "cpu_set_size", "num_cpus"),
    removeTable("cpus"),
    addTable({ before: "mem_regions" }, "cpus", "num_cpus", "jailhouse_cpu"),
    constants({ JAILHOUSE_CONFIG_REVISION: 14 }),
  ],
});
