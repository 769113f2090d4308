import { add, addTable, constants, define, profile } from "../changes.js";
import { u8, u16, u32 } from "../members.js";

export default profile({
  id: "r0.32",
  after: "r0.31",
  commit: "a5d2b02e84415aceef7b8124000cd130c0f1fee5",
  date: "2015-08-11",
  summary: "Cells can be given parts of a partitioned cache.",
  changes: [
    define("jailhouse_cache", [u32("start"), u32("size"), u8("type"), u8("padding"), u16("flags")], {
      position: { before: "jailhouse_irqchip" },
    }),
    add("jailhouse_cell_desc", { after: "num_memory_regions" }, u32("num_cache_regions")),
    addTable({ after: "mem_regions" }, "cache_regions", "num_cache_regions", "jailhouse_cache"),
    constants({
      JAILHOUSE_CACHE_L3_CODE: 1,
      JAILHOUSE_CACHE_L3_DATA: 2,
      JAILHOUSE_CACHE_L3: 3,
      JAILHOUSE_CACHE_ROOTSHARED: 1,
    }),
  ],
});
