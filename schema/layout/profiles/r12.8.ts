import { add, profile, remove, replace } from "../changes.js";
import { u8, u16 } from "../members.js";

export default profile({
  id: "r12.8",
  after: "r12.7",
  commit: "3827aa3a1150358bb73f15471501430c65175eab",
  date: "2019-06-15",
  summary: "Shared memory devices have an id.",
  changes: [
    remove("jailhouse_pci_device", "shmem_protocol"),
    add("jailhouse_pci_device", { after: "shmem_region" }, u8("shmem_dev_id")),
    add("jailhouse_pci_device", "end", u16("shmem_protocol")),
    replace("jailhouse_pci_device", "padding", u8("padding")),
  ],
});
