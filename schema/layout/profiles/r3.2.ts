import { constants, macro, profile, withoutConstants, withoutMacros } from "../changes.js";

export default profile({
  id: "r3.2",
  after: "r3.1",
  commit: "217b3a069667131e108a9ae457f9b5c6e6c69adf",
  date: "2017-01-25",
  summary: "Console constants are prefixed CON1, to leave room for a second console.",
  changes: [
    withoutConstants(
      "JAILHOUSE_CON_TYPE_NONE",
      "JAILHOUSE_CON_TYPE_UART_X86",
      "JAILHOUSE_CON_TYPE_VGA",
      "JAILHOUSE_CON_TYPE_8250",
      "JAILHOUSE_CON_TYPE_PL011",
      "JAILHOUSE_CON_TYPE_XUARTPS",
      "JAILHOUSE_CON_TYPE_MASK",
      "JAILHOUSE_CON_FLAG_PIO",
      "JAILHOUSE_CON_FLAG_MMIO",
    ),
    constants({
      JAILHOUSE_CON1_TYPE_NONE: 0,
      JAILHOUSE_CON1_TYPE_UART_X86: 1,
      JAILHOUSE_CON1_TYPE_VGA: 2,
      JAILHOUSE_CON1_TYPE_8250: 3,
      JAILHOUSE_CON1_TYPE_PL011: 4,
      JAILHOUSE_CON1_TYPE_XUARTPS: 5,
      JAILHOUSE_CON1_TYPE_MASK: 0xf,
      JAILHOUSE_CON1_FLAG_PIO: 0x10,
      JAILHOUSE_CON1_FLAG_MMIO: 0x20,
    }),
    withoutMacros("CON_IS_MMIO", "CON_TYPE"),
    macro("CON1_IS_MMIO", ["flags"], "((flags) & JAILHOUSE_CON1_FLAG_MMIO)"),
    macro("CON1_TYPE", ["flags"], "((flags) & JAILHOUSE_CON1_TYPE_MASK)"),
  ],
});
