import { macro, profile } from "../changes.js";

export default profile({
  id: "r13.7",
  after: "r13.6",
  commit: "b9db8db073aec049f042c13401a9a529c236f5e9",
  date: "2020-10-01",
  summary: "The MSI-X BAR of shared memory devices grows to a full page.",
  changes: [
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX", null, "{ 0xfffff000, 0xfffff000, 0x0, 0x0, 0x0, 0x0 }"),
    macro("JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K", null, "{ 0xffff0000, 0xffff0000, 0x0, 0x0, 0x0, 0x0 }"),
  ],
});
