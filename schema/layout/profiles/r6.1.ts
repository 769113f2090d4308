import { add, constants, profile, remove } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r6.1",
  after: "r5.1",
  commit: "5cef75c3f712ab6e49314772851f10c4c2341305",
  date: "2017-09-10",
  summary: "Revision 6: the version of the GIC is stated.",
  changes: [
    remove("jailhouse_system.platform_info.arm", "padding"),
    add("jailhouse_system.platform_info.arm", { after: "maintenance_irq" }, u8("gic_version")),
    constants({ JAILHOUSE_CONFIG_REVISION: 6 }),
  ],
});
