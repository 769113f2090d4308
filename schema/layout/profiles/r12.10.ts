import { macro, profile, rename } from "../changes.js";

export default profile({
  id: "r12.10",
  after: "r12.9",
  commit: "ce1c12464e690fa53614200ed2fafb8b9e31093b",
  date: "2019-06-29",
  summary: "Shared memory devices have a state table: the initialiser gives two regions.",
  changes: [
    rename("jailhouse_pci_device", "shmem_region", "shmem_regions_start"),
    macro(
      "JAILHOUSE_SHMEM_NET_REGIONS",
      ["start", "peer"],
      "{ .phys_start = start, .virt_start = start, .size = 0x1000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED }, { .phys_start = (start) + 0x1000, .virt_start = (start) + 0x1000, .size = 0xff000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_ROOTSHARED }",
    ),
  ],
});
