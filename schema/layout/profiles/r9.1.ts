import { add, constants, profile } from "../changes.js";
import { u16 } from "../members.js";

export default profile({
  id: "r9.1",
  after: "r8.4",
  commit: "ee38448bd8c60854148ba7c5e33d047f871a7d0e",
  date: "2018-04-23",
  aliases: ["v0.9", "v0.9.1"],
  summary: "Revision 9: the PCI domain is stated.",
  changes: [
    add("jailhouse_system.platform_info", { after: "pci_is_virtual" }, u16("pci_domain")),
    constants({ JAILHOUSE_CONFIG_REVISION: 9 }),
  ],
});
