import { add, profile } from "../changes.js";
import { u8, u16, u64 } from "../members.js";

export default profile({
  id: "fork-lfd-v18",
  after: "fork-lfd-v13",
  fork: "lfd/jailhouse@V18",
  commit: "8cbb99216dea23622f362f35e91e31d68de44482",
  date: "2023-12-06",
  summary: "RISC-V: APLIC with IMSIC, and the frequency of the time base.",
  changes: [
    add("jailhouse_system.platform_info.riscv", { before: "irqchip" }, u64("timebase_frequency")),
    add(
      "jailhouse_system.platform_info.riscv.irqchip",
      { after: "max_priority" },
      u16("imsic_stride"),
      u8("_res1", 2),
      u64("imsic_base"),
      u64("imsic_size"),
    ),
  ],
});
