import { addTable, define, profile, remove, removeTable } from "../changes.js";
import { struct, u16, u32 } from "../members.js";

export default profile({
  id: "r13.8",
  after: "r13.7",
  commit: "1dc6b9c0aa354fb0c26680708fc6802112d88ca0",
  date: "2020-12-03",
  summary: "Stream ids carry a mask of their own for MMU-500; the one in the unit goes.",
  changes: [
    define("jailhouse_stream_id", [u32("id"), struct("mmu500", [u16("id"), u16("mask_out")])], {
      shape: "union",
      position: { before: "jailhouse_pio" },
    }),
    remove("jailhouse_iommu", "arm_mmu500"),
    removeTable("stream_ids"),
    addTable("end", "stream_ids", "num_stream_ids", "jailhouse_stream_id"),
  ],
});
