import { addTable, constants, profile, removeTable, rename } from "../changes.js";

export default profile({
  id: "r11.1",
  after: "r10.8",
  commit: "654594bc0be786ae1e495abef7b322e9024f8daa",
  date: "2019-07-26",
  summary: "Revision 11: port I/O is a list of ranges that are let through, no longer a bitmap.",
  changes: [
    rename("jailhouse_cell_desc", "pio_bitmap_size", "num_pio_regions"),
    removeTable("pio_bitmap"),
    addTable({ after: "irqchips" }, "pio_regions", "num_pio_regions", "jailhouse_pio"),
    constants({ JAILHOUSE_CONFIG_REVISION: 11 }),
  ],
});
