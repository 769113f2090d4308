import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r1.4",
  after: "r1.3",
  commit: "2a7c8733b6a3d47fb507eca4de5a33433199424c",
  date: "2016-10-23",
  summary: "The debug console states its clock divider.",
  changes: [add("jailhouse_debug_console", "end", u32("divider"), u32("__reserved"))],
});
