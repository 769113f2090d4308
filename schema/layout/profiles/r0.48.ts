import { add, profile, remove } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r0.48",
  after: "r0.47",
  commit: "ebf21d67c7789d5a1cd696e58aa60696578fb218",
  date: "2016-11-27",
  summary: "The ARM platform members are put in an order that needs less padding.",
  changes: [
    remove("jailhouse_system.platform_info.arm", "maintenance_irq", "padding"),
    add("jailhouse_system.platform_info.arm", { before: "gicd_base" }, u8("maintenance_irq"), u8("padding")),
  ],
});
