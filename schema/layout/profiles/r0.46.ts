import { add, profile, remove } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r0.46",
  after: "r0.45",
  commit: "7b9f373dcfc14a4951928c43ded9c02b9f1ac02c",
  date: "2016-06-20",
  summary: "The PCI host can be virtual.",
  changes: [
    remove("jailhouse_system.platform_info", "padding"),
    add("jailhouse_system.platform_info", { after: "pci_mmconfig_end_bus" }, u8("pci_is_virtual")),
  ],
});
