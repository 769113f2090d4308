import { constants, profile } from "../changes.js";

export default profile({
  id: "r8.3",
  after: "r8.2",
  commit: "a56e6c0759bb40785486f22d66c9bbf52d56c674",
  date: "2018-03-08",
  summary: "Console type NXP i.MX.",
  changes: [constants({ JAILHOUSE_CON1_TYPE_IMX: 8 })],
});
