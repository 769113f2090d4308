import { add, profile, remove } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r12.13",
  after: "r12.12",
  commit: "dbafd4b0ab336488338753a3a2961c43d66a697f",
  date: "2019-07-07",
  summary: "Shared memory devices can have more than two peers.",
  changes: [
    remove("jailhouse_pci_device", "padding"),
    add("jailhouse_pci_device", { after: "shmem_dev_id" }, u8("shmem_peers")),
  ],
});
