import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.24",
  after: "r0.23",
  commit: "4db3fad06896dcee001383553545832e0325f565",
  date: "2014-11-24",
  summary: "A shared memory device refers to its memory region by index.",
  changes: [add("jailhouse_pci_device", "end", u32("shmem_region"))],
});
