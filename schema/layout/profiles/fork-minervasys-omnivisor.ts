import { add, addByteTable, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "fork-minervasys-omnivisor",
  after: "fork-minervasys-next",
  fork: "Minervasys/jailhouse@rebased_omnivisor_branch",
  commit: "a7c53d3b31211c9f01435a5d45a062a0e4917da4",
  date: "2024-10-17",
  summary: "Cache colours, QoS and MemGuard, with a set of remote CPUs.",
  changes: [
    add("jailhouse_cell_desc", { after: "cpu_set_size" }, u32("rcpu_set_size")),
    addByteTable({ after: "cpus" }, "rcpus", "rcpu_set_size", "u64"),
    constants({ JAILHOUSE_MEM_RPU: 0xc, JAILHOUSE_MEM_TCM_A: 0x1000, JAILHOUSE_MEM_TCM_B: 0x2000 }),
  ],
});
