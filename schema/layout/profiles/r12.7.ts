import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.7",
  after: "r12.6",
  commit: "7a90de7b67985977ec6c905a6a3ad43232b53f21",
  date: "2019-06-15",
  summary: "The MSI-X region of shared memory devices moves to BAR 1.",
  changes: [macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX", null, "{ 0xfffff000, 0xffffffe0, 0x0, 0x0, 0x0, 0x0 }")],
});
