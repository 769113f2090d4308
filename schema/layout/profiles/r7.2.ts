import { constants, profile } from "../changes.js";

export default profile({
  id: "r7.2",
  after: "r7.1",
  commit: "06b3495ad5ee5e95f10e7d0c214a8584a1930abb",
  date: "2017-11-06",
  summary: "Console type Renesas HSCIF.",
  changes: [constants({ JAILHOUSE_CON1_TYPE_HSCIF: 6 })],
});
