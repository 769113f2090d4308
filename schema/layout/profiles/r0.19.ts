import { add, profile, remove, replace } from "../changes.js";
import { u16, u64 } from "../members.js";

export default profile({
  id: "r0.19",
  after: "r0.18",
  commit: "f9e3227011fd3745397c949a3d6b334f55bbbb52",
  date: "2014-08-14",
  summary: "PCI devices state their MSI-X table: vectors, size and address.",
  changes: [
    remove("jailhouse_pci_device", "padding"),
    add("jailhouse_pci_device", "end", u16("num_msix_vectors"), u16("msix_region_size"), u64("msix_address")),
    replace("jailhouse_pci_device", "type", u16("type")),
  ],
});
