import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.18",
  after: "r0.17",
  commit: "7d77ac617df4bee6648e03b7ee3f2343c63fa175",
  date: "2014-08-07",
  summary: "The system limits the number of devices and interrupts.",
  changes: [add("jailhouse_system", { after: "platform_info" }, u32("device_limit"), u32("interrupt_limit"))],
});
