import { addTable, constants, define, profile, removeTable, rename } from "../changes.js";
import { u8, u64 } from "../members.js";

export default profile({
  id: "fork-siemens-riscv",
  after: "r12.19",
  fork: "siemens/jailhouse@wip/riscv (mirror of NXP)",
  commit: "4125d8501e7003fbf7a056f8d9e36c54193d04c7",
  date: "2020-02-15",
  summary: "One entry per CPU instead of a set of CPUs, on the way to RISC-V.",
  changes: [
    define("jailhouse_cpu", [u64("phys_id"), u8("padding", 8)], { position: { before: "jailhouse_memory" } }),
    rename("jailhouse_cell_desc", "cpu_set_size", "num_cpus"),
    removeTable("cpus"),
    addTable({ before: "mem_regions" }, "cpus", "num_cpus", "jailhouse_cpu"),
    constants({ JAILHOUSE_CONFIG_REVISION: 13 }),
  ],
});
