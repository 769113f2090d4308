import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.6",
  after: "r12.5",
  commit: "deb9716d0eeebe7a4eb04df4e74d59e390dfe1f4",
  date: "2016-12-22",
  summary: "The registers of shared memory devices take a 4 KiB BAR of 32 bits.",
  changes: [
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_INTX", null, "{ 0xfffff000, 0x0, 0x0, 0x0, 0x0, 0x0 }"),
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX", null, "{ 0xfffff000, 0x0, 0x0, 0x0, 0xffffffe0, 0xffffffff }"),
  ],
});
