import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.11",
  after: "r12.10",
  commit: "f7c7a2364a12366c7e6aaa3af49217646221e36a",
  date: "2019-07-01",
  summary: "The MSI-X BAR of shared memory devices grows for several vectors.",
  changes: [macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX", null, "{ 0xfffff000, 0xfffffe00, 0x0, 0x0, 0x0, 0x0 }")],
});
