import { constants, profile } from "../changes.js";

export default profile({
  id: "r13.4",
  after: "r13.3",
  commit: "42b1f5a55e4e4c3ccce3eb915bc9c8c82c394860",
  date: "2020-08-11",
  summary: "Console type NXP LPUART.",
  changes: [constants({ JAILHOUSE_CON_TYPE_IMX_LPUART: 9 })],
});
