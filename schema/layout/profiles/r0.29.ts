import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.29",
  after: "r0.28",
  commit: "d1f763162ce6fc57268efc214932bd610c1bac75",
  date: "2015-05-17",
  summary: "PCI devices carry masks that say which bits of each BAR are writable.",
  changes: [add("jailhouse_pci_device", { after: "bdf" }, u32("bar_mask", 6))],
});
