import { constants, macro, profile } from "../changes.js";

export default profile({
  id: "r3.3",
  after: "r3.2",
  commit: "4adf31d6f88cf8df6e47675ccc7fa446b00b9284",
  date: "2017-01-25",
  summary: "A second console, the root cell's page, is described in the console flags.",
  changes: [
    constants({ JAILHOUSE_CON2_TYPE_ROOTPAGE: 0x100, JAILHOUSE_CON2_TYPE_MASK: 0xf00 }),
    macro("CON2_TYPE", ["flags"], "((flags) & JAILHOUSE_CON2_TYPE_MASK)"),
  ],
});
