import { add, profile } from "../changes.js";
import { u8, u16 } from "../members.js";

export default profile({
  id: "r0.17",
  after: "r0.16",
  commit: "95bb052365255ace319ad623d65ad94c5a0404f8",
  date: "2014-07-28",
  summary: "PCI devices state how many MSI vectors they have and whether addresses are 64 bits wide.",
  changes: [add("jailhouse_pci_device", "end", u8("num_msi_vectors"), u8("msi_64bits"), u16("padding"))],
});
