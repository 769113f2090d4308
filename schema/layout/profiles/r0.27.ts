import { profile, remove, replace } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r0.27",
  after: "r0.26",
  commit: "93dce54e268307bbf0f8a606694739eff9ba9183",
  date: "2014-11-26",
  summary: "The width of the PM timer is left out again.",
  changes: [
    remove("jailhouse_system.platform_info.x86", "pm_timer_val_ext"),
    replace("jailhouse_system.platform_info.x86", "padding", u8("padding", 5)),
  ],
});
