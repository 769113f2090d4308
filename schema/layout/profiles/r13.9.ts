import { constants, profile } from "../changes.js";

export default profile({
  id: "r13.9",
  after: "r13.8",
  commit: "73903e50963cb3fd67f7168482a72fc098a75e24",
  date: "2022-11-07",
  summary: "Console type Renesas SCIF.",
  changes: [constants({ JAILHOUSE_CON_TYPE_SCIF: 10 })],
});
