import { macro, profile } from "../changes.js";

export default profile({
  id: "r13.3",
  after: "r13.2",
  commit: "8419b7fb9b35574e68a072cf6844d950747f32ba",
  date: "2020-06-11",
  summary: "BAR masks of shared memory devices on systems with 64 KiB pages.",
  changes: [
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K", null, "{ 0xffff0000, 0x0, 0x0, 0x0, 0x0, 0x0 }"),
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K", null, "{ 0xffff0000, 0xfffffe00, 0x0, 0x0, 0x0, 0x0 }"),
  ],
});
