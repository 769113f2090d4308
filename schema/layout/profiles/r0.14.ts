import { add, profile } from "../changes.js";
import { u8, u64 } from "../members.js";

export default profile({
  id: "r0.14",
  after: "r0.13",
  commit: "8776ddaa4755cca37155a08aaf07032b62e664d7",
  date: "2014-07-30",
  summary: "The system describes the PCI configuration window (MMCONFIG).",
  changes: [
    add(
      "jailhouse_system.platform_info.x86",
      { before: "pm_timer_address" },
      u64("mmconfig_base"),
      u8("mmconfig_end_bus"),
      u8("padding", 5),
    ),
  ],
});
