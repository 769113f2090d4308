import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.5",
  after: "r12.4",
  commit: "5ac5b95f6c044722cc9d8cefeaedd6aa83c46068",
  date: "2019-12-26",
  summary: "BAR masks of shared memory devices have names.",
  changes: [
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_INTX", null, "{ 0xffffff00, 0xffffffff, 0x0, 0x0, 0x0, 0x0 }"),
    macro(
      "JAILHOUSE_IVSHMEM_BAR_MASK_MSIX",
      null,
      "{ 0xffffff00, 0xffffffff, 0x0, 0x0, 0xffffffe0, 0xffffffff }",
    ),
  ],
});
