import { constants, macro, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r4.1",
  after: "r3.4",
  commit: "17fca6e00ddefa509468229b92523c6b00a2b0a1",
  date: "2017-04-15",
  aliases: ["v0.7"],
  summary: "Revision 4: console access and register distance are separate flags.",
  changes: [
    withoutConstants("JAILHOUSE_CON1_FLAG_PIO", "JAILHOUSE_CON1_FLAG_MMIO"),
    constants({
      JAILHOUSE_CONFIG_REVISION: 4,
      JAILHOUSE_CON1_ACCESS_PIO: 0,
      JAILHOUSE_CON1_ACCESS_MMIO: 0x10,
      JAILHOUSE_CON1_REGDIST_1: 0,
      JAILHOUSE_CON1_REGDIST_4: 0x20,
    }),
    macro("CON1_IS_MMIO", ["flags"], "((flags) & JAILHOUSE_CON1_ACCESS_MMIO)"),
    macro("CON1_USES_REGDIST_1", ["flags"], "(((flags) & JAILHOUSE_CON1_REGDIST_4) == 0)"),
  ],
});
