import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.9",
  after: "r12.8",
  commit: "945028d7d210064c97963f15dd3e0a171ce46fd4",
  date: "2019-12-26",
  summary: "An initialiser gives the memory region of a shared memory network device.",
  changes: [
    macro(
      "JAILHOUSE_SHMEM_NET_REGIONS",
      ["start", "peer"],
      "{ .phys_start = start, .virt_start = start, .size = 0x100000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_ROOTSHARED }",
    ),
  ],
});
