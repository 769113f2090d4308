import { addTable, define, drop, profile, removeTable, rename } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "r0.9",
  after: "r0.8",
  commit: "df9931a570b93a810d6dfaf20677444722854674",
  date: "2014-06-02",
  summary: "Interrupt lines become bitmaps of pins, one per interrupt controller.",
  changes: [
    define("jailhouse_irqchip", [u64("address"), u64("id"), u64("pin_bitmap")], {
      position: { before: "jailhouse_pci_device" },
    }),
    rename("jailhouse_cell_desc", "num_irq_lines", "num_irqchips"),
    drop("jailhouse_irq_line"),
    removeTable("irq_lines"),
    addTable({ after: "mem_regions" }, "irqchips", "num_irqchips", "jailhouse_irqchip"),
  ],
});
