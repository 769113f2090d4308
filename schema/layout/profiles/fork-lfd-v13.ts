import { add, constants, profile } from "../changes.js";
import { s16, struct, u8, u16, u32, u64 } from "../members.js";

export default profile({
  id: "fork-lfd-v13",
  after: "fork-siemens-new-cpu-config-rev15",
  fork: "lfd/jailhouse@V13",
  commit: "5a8baa7fdd86119351007e7c7d91b2f8c1f4efe7",
  date: "2022-05-18",
  summary: "RISC-V: PLIC or APLIC as the interrupt controller of the platform.",
  changes: [
    add(
      "jailhouse_system.platform_info",
      { after: "arm" },
      struct("riscv", [
        struct("irqchip", [
          u16("max_irq"),
          u8("type"),
          u8("_res"),
          u64("base_address"),
          u32("size"),
          u32("max_priority"),
          s16("hart_to_context", 32),
        ]),
      ]),
    ),
    constants({
      JAILHOUSE_CON_TYPE_RISCV_SBI: 11,
      JAILHOUSE_RISCV64: 3,
      JAILHOUSE_RISCV_PLIC: 0,
      JAILHOUSE_RISCV_APLIC: 1,
    }),
  ],
});
