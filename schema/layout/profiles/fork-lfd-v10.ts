import { add, constants, profile } from "../changes.js";
import { s16, struct, u16, u32, u64 } from "../members.js";

export default profile({
  id: "fork-lfd-v10",
  after: "fork-siemens-new-cpu-config",
  fork: "lfd/jailhouse@V10",
  commit: "ac50e8248a3f17815b61664e9fcd5d8ebc73a161",
  date: "2022-10-19",
  summary: "RISC-V: one entry per CPU, and the PLIC of the platform.",
  changes: [
    add(
      "jailhouse_system.platform_info",
      { after: "arm" },
      struct("riscv", [
        struct("plic", [
          u64("base_address"),
          u32("size"),
          u16("max_irq"),
          u32("max_priority"),
          s16("hart_to_context", 32),
        ]),
      ]),
    ),
    constants({ JAILHOUSE_CON_TYPE_RISCV_SBI: 10, JAILHOUSE_CONFIG_REVISION: 15 }),
  ],
});
