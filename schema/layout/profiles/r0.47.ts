import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.47",
  after: "r0.46",
  commit: "66a22a9cca2e215518f620f032d31a9723a02b67",
  date: "2016-11-09",
  summary: "Cells state the first interrupt of their virtual PCI devices.",
  changes: [add("jailhouse_cell_desc", "end", u32("vpci_irq_base"))],
});
