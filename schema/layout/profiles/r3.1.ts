import { add, constants, profile } from "../changes.js";
import { u8 } from "../members.js";

export default profile({
  id: "r3.1",
  after: "r2.2",
  commit: "3edd520d7e019e5ca920ba54346eab8add7b4fba",
  date: "2016-12-27",
  aliases: ["v0.6"],
  summary: "Revision 3: the APIC mode of x86 can be enforced.",
  changes: [
    add(
      "jailhouse_system.platform_info.x86",
      { after: "vtd_interrupt_limit" },
      u8("apic_mode"),
      u8("padding", 3),
    ),
    constants({
      JAILHOUSE_CONFIG_REVISION: 3,
      JAILHOUSE_APIC_MODE_AUTO: 0,
      JAILHOUSE_APIC_MODE_XAPIC: 1,
      JAILHOUSE_APIC_MODE_X2APIC: 2,
    }),
  ],
});
