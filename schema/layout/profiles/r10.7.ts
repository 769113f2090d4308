import { add, profile, replace } from "../changes.js";
import { bits } from "../members.js";

export default profile({
  id: "r10.7",
  after: "r10.6",
  commit: "4a13a062a71914f3046bedecc09909718915d3b4",
  date: "2019-06-24",
  aliases: ["v0.11"],
  summary: "PCI devices state whether MSI vectors can be masked; the flag shares a byte with the 64 bit one.",
  changes: [
    add("jailhouse_pci_device", { after: "msi_64bits" }, bits("u8", "msi_maskable", 1)),
    replace("jailhouse_pci_device", "msi_64bits", bits("u8", "msi_64bits", 1)),
  ],
});
