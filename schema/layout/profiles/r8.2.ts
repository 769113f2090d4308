import { constants, profile } from "../changes.js";

export default profile({
  id: "r8.2",
  after: "r8.1",
  commit: "65de26c574a73e6fb2dbd96759ca947317dce0ac",
  date: "2018-01-31",
  summary: "Console type Renesas SCIFA.",
  changes: [constants({ JAILHOUSE_CON1_TYPE_SCIFA: 7 })],
});
