import { addTable, constants, define, profile, removeTable, rename } from "../changes.js";
import { u8, u64 } from "../members.js";

export default profile({
  id: "fork-lfd-v4",
  after: "r14.1",
  fork: "lfd/jailhouse@V4",
  commit: "3b4bb60ce949c014a9f04ccd5c3a339483d0bce0",
  date: "2020-02-15",
  summary: "RISC-V: one entry per CPU, and the architecture.",
  changes: [
    define("jailhouse_cpu", [u64("phys_id"), u8("padding", 8)], { position: { before: "jailhouse_memory" } }),
    rename("jailhouse_cell_desc", "cpu_set_size", "num_cpus"),
    removeTable("cpus"),
    addTable({ before: "mem_regions" }, "cpus", "num_cpus", "jailhouse_cpu"),
    constants({ JAILHOUSE_RISCV64: 3 }),
  ],
});
