import { constants, macro, profile } from "../changes.js";

export default profile({
  id: "r12.3",
  after: "r12.2",
  commit: "bbad2a6d9f90d6e3ee6bc97fc6b829ab30583d8f",
  date: "2019-12-23",
  summary: "A console flag for UARTs that need their MDR register set.",
  changes: [
    constants({ JAILHOUSE_CON_MDR_QUIRK: 0x2000 }),
    macro("CON_HAS_MDR_QUIRK", ["flags"], "!!((flags) & JAILHOUSE_CON_MDR_QUIRK)"),
  ],
});
