import { constants, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r3.4",
  after: "r3.3",
  commit: "bf79b7218061851e6ce12a8f780595aa9ffcefa9",
  date: "2017-04-15",
  summary: "The x86 UART console is merged with the 8250, and types are renumbered.",
  changes: [
    withoutConstants("JAILHOUSE_CON1_TYPE_UART_X86"),
    constants({
      JAILHOUSE_CON1_TYPE_VGA: 1,
      JAILHOUSE_CON1_TYPE_8250: 2,
      JAILHOUSE_CON1_TYPE_PL011: 3,
      JAILHOUSE_CON1_TYPE_XUARTPS: 4,
    }),
  ],
});
