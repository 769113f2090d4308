import { add, addTable, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r12.1",
  after: "r11.3",
  commit: "0f2d9d3c8cda68b1ba29b1812c485f15854fdf7d",
  date: "2019-08-07",
  summary: "Revision 12: cells list the stream ids of their devices.",
  changes: [
    add("jailhouse_cell_desc", { after: "num_pci_caps" }, u32("num_stream_ids")),
    addTable("end", "stream_ids", "num_stream_ids", "u32"),
    constants({ JAILHOUSE_CONFIG_REVISION: 12, JAILHOUSE_INVALID_STREAMID: -1 }),
  ],
});
