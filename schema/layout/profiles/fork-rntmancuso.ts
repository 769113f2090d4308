import { add, addTable, constants, define, profile } from "../changes.js";
import { embed, u32, u64 } from "../members.js";

export default profile({
  id: "fork-rntmancuso",
  after: "r13.2",
  fork: "rntmancuso/jailhouse-rt@HEAD",
  commit: "3067c57f4db8bbaf3efc4278196686abd45eb149",
  date: "2020-11-05",
  summary: "A table of memory regions with cache colours.",
  changes: [
    define("jailhouse_memory_colored", [embed("jailhouse_memory", "memory"), u64("colors")], {
      position: { before: "jailhouse_cache" },
    }),
    add("jailhouse_cell_desc", { after: "cpu_reset_address" }, u32("num_memory_regions_colored")),
    addTable({ after: "mem_regions" }, "col_mem", "num_memory_regions_colored", "jailhouse_memory_colored"),
    constants({ JAILHOUSE_CON_TYPE_S32: 9, JAILHOUSE_IOMMU_SMMUV2: 5 }),
    constants({ ROOT_MAP_OFFSET: 0xc000000000 }, "u64"),
  ],
});
