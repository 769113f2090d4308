import { add, profile, replace } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r0.21",
  after: "r0.20",
  commit: "6cd05b8f9b3f97998d7a4c857584dbfc5ef901f9",
  date: "2014-10-09",
  summary: "The system says whether the PM timer counts 32 bits.",
  changes: [
    add("jailhouse_system.platform_info.x86", { after: "padding" }, u8("pm_timer_val_ext")),
    replace("jailhouse_system.platform_info.x86", "padding", u8("padding", 4)),
  ],
});
