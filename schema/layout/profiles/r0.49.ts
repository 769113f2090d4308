import { add, profile, remove } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.49",
  after: "r0.48",
  commit: "5444c1c2a3cb163c2e8261a31e1eedf8d97d954f",
  date: "2016-11-27",
  summary: "The limit of interrupts becomes a matter of VT-d.",
  changes: [
    remove("jailhouse_system", "interrupt_limit"),
    remove("jailhouse_system.platform_info.x86", "padding"),
    add("jailhouse_system.platform_info.x86", { after: "pm_timer_address" }, u32("vtd_interrupt_limit")),
  ],
});
