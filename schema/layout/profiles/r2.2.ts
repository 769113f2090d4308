import { constants, profile } from "../changes.js";

export default profile({
  id: "r2.2",
  after: "r2.1",
  commit: "2498a4138ff845c0fb3a2f1dde5a095a3cd9e477",
  date: "2016-12-11",
  summary: "Console type Cadence UART (xuartps).",
  changes: [constants({ JAILHOUSE_CON_TYPE_XUARTPS: 5 })],
});
