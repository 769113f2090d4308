import { add, addTable, constants, define, profile } from "../changes.js";
import { u16, u32 } from "../members.js";

export default profile({
  id: "r0.12",
  after: "r0.11",
  commit: "b62351549df225de15d210b590ad801e7dbdfb38",
  date: "2014-07-20",
  summary: "PCI devices come with a table of capabilities and the write permission of each.",
  changes: [
    define("jailhouse_pci_capability", [u16("id"), u16("start"), u16("len"), u16("flags")]),
    add("jailhouse_cell_desc", "end", u32("num_pci_caps")),
    add("jailhouse_pci_device", "end", u16("caps_start"), u16("num_caps")),
    addTable("end", "pci_caps", "num_pci_caps", "jailhouse_pci_capability"),
    constants({ JAILHOUSE_PCICAPS_WRITE: 1 }),
  ],
});
