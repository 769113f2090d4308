import { add, profile } from "../changes.js";
import { struct, u16, union } from "../members.js";

export default profile({
  id: "r0.11",
  after: "r0.10",
  commit: "92641236cf8e50b227899e318466ab081d4c8609",
  date: "2014-07-06",
  summary: "The system names the port of the x86 PM timer.",
  changes: [
    add(
      "jailhouse_system",
      { after: "config_memory" },
      union("platform_info", [struct("x86", [u16("pm_timer_address")])]),
    ),
  ],
});
