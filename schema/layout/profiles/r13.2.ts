import { add, profile, remove, replace } from "../changes.js";
import { u8, u32 } from "../members.js";

export default profile({
  id: "r13.2",
  after: "r13.1",
  commit: "3bbe8ec295e8fa7183c971345c499080042d4266",
  date: "2020-05-31",
  summary: "Padding is placed so that members are aligned.",
  changes: [
    remove("jailhouse_system.platform_info.x86", "vtd_interrupt_limit"),
    add("jailhouse_system.platform_info.x86", { after: "padding" }, u32("vtd_interrupt_limit")),
    replace("jailhouse_system.platform_info.x86", "padding", u8("padding")),
    add("jailhouse_system.platform_info.arm", { after: "gic_version" }, u8("padding", 2)),
  ],
});
