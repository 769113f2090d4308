import { add, profile, remove } from "../changes.js";
import { u16 } from "../members.js";

export default profile({
  id: "r0.13",
  after: "r0.12",
  commit: "8e8b27b1acccb7abbe8f45fbd4517b94ce35fff3",
  date: "2014-07-27",
  summary: "A PCI device is named by one 16 bit value for bus, device and function.",
  changes: [
    remove("jailhouse_pci_device", "bus", "devfn"),
    add("jailhouse_pci_device", { after: "domain" }, u16("bdf")),
  ],
});
