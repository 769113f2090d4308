import { constants, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r1.6",
  after: "r1.5",
  commit: "5c27cf5f2743b89d9f2a5a40dc50f3eba97ed18c",
  date: "2016-11-12",
  summary: "Consoles of PC and ARM are told apart by driver, not by architecture.",
  changes: [
    withoutConstants("JAILHOUSE_CON_TYPE_UART_ARM"),
    constants({ JAILHOUSE_CON_TYPE_VGA: 2, JAILHOUSE_CON_TYPE_8250: 3, JAILHOUSE_CON_TYPE_PL011: 4 }),
  ],
});
