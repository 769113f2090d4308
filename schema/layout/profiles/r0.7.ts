import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.7",
  after: "r0.6",
  commit: "af809dd5c3cadafaaf6779d7e380060122faee44",
  date: "2014-04-07",
  summary: "Memory regions that the root cell may fill before a cell starts: loadable.",
  changes: [constants({ JAILHOUSE_MEM_LOADABLE: 0x20, JAILHOUSE_MEM_VALID_FLAGS: 0x3f })],
});
