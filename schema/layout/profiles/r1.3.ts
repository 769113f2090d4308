import { constants, profile } from "../changes.js";

export default profile({
  id: "r1.3",
  after: "r1.2",
  commit: "398e0f99916c4f8314931f89d54fde7b086a1428",
  date: "2016-11-10",
  summary: "The console type none.",
  changes: [constants({ JAILHOUSE_CON_TYPE_NONE: 0 })],
});
