import { add, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r8.1",
  after: "r7.2",
  commit: "42522ce748d34ebf25df40753f7b928f76b47c61",
  date: "2017-11-24",
  aliases: ["v0.8"],
  summary: "Revision 8: calibrated frequencies of TSC and APIC timer for cells on x86.",
  changes: [
    add("jailhouse_system.platform_info.x86", { after: "padding" }, u32("tsc_khz"), u32("apic_khz")),
    constants({ JAILHOUSE_CONFIG_REVISION: 8 }),
  ],
});
