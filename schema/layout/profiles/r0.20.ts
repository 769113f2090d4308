import { add, profile, replace } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r0.20",
  after: "r0.19",
  commit: "49e40428789966cd1142aba40d7f2bbce2f6ed66",
  date: "2014-08-20",
  aliases: ["v0.1"],
  summary: "PCI devices say which IOMMU unit they sit behind.",
  changes: [
    add("jailhouse_pci_device", { after: "type" }, u8("iommu")),
    replace("jailhouse_pci_device", "type", u8("type")),
  ],
});
