import { constants, define, macro, profile, replace } from "../changes.js";
import { embed, u32, u64 } from "../members.js";

export default profile({
  id: "r1.2",
  after: "r1.1",
  commit: "4d4bcd6dc983d2768f7c13240252760cbdbc6e6f",
  date: "2016-11-10",
  summary: "The debug console gets a struct of its own, with type and access in flags.",
  changes: [
    define("jailhouse_debug_console", [u64("address"), u32("size"), u32("flags")]),
    replace("jailhouse_system", "debug_console", embed("jailhouse_debug_console", "debug_console")),
    constants({
      JAILHOUSE_CON_TYPE_UART_X86: 1,
      JAILHOUSE_CON_TYPE_UART_ARM: 2,
      JAILHOUSE_CON_TYPE_VGA: 3,
      JAILHOUSE_CON_TYPE_MASK: 0xf,
      JAILHOUSE_CON_FLAG_PIO: 0x10,
      JAILHOUSE_CON_FLAG_MMIO: 0x20,
    }),
    macro("CON_IS_MMIO", ["flags"], "((flags) & JAILHOUSE_CON_FLAG_MMIO)"),
    macro("CON_TYPE", ["flags"], "((flags) & JAILHOUSE_CON_TYPE_MASK)"),
  ],
});
