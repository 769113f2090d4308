import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.12",
  after: "r12.11",
  commit: "af86dc75e464dbd48bce55fc37042b3539eec604",
  date: "2019-07-07",
  summary: "Shared memory devices have output sections: the initialiser gives four regions.",
  changes: [
    macro(
      "JAILHOUSE_SHMEM_NET_REGIONS",
      ["start", "peer"],
      "{ .phys_start = start, .virt_start = start, .size = 0x1000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED }, { 0 }, { .phys_start = (start) + 0x1000, .virt_start = (start) + 0x1000, .size = 0x7f000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED | ((peer == 0) ? JAILHOUSE_MEM_WRITE : 0) }, { .phys_start = (start) + 0x80000, .virt_start = (start) + 0x80000, .size = 0x7f000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED | ((peer == 1) ? JAILHOUSE_MEM_WRITE : 0) }",
    ),
  ],
});
