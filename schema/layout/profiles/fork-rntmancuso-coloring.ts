import { add, constants, profile } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "fork-rntmancuso-coloring",
  after: "r10.6",
  fork: "rntmancuso/jailhouse-rt@wip-cache-coloring",
  commit: "7442735e0862622ac461dee7b6d841c7a5823a43",
  date: "2019-06-14",
  summary: "Cache colours of memory regions, and the size of a cache way.",
  changes: [
    add("jailhouse_memory", "end", u64("colors")),
    add("jailhouse_system.platform_info", { after: "pci_domain" }, u64("llc_way_size")),
    constants({
      JAILHOUSE_MEM_COLORED: 0x200,
      JAILHOUSE_MEM_COLORED_CELL: 0x400,
      JAILHOUSE_MEM_COLORED_LOAD: 0x800,
    }),
  ],
});
