import { add, constants, profile } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "r7.1",
  after: "r6.2",
  commit: "3f1eba5aa77b42650eae2613f0624546acb6797d",
  date: "2017-09-26",
  summary: "Revision 7: cells state how long the hypervisor waits for replies.",
  changes: [
    add("jailhouse_cell_desc", "end", u64("msg_reply_timeout")),
    constants({ JAILHOUSE_CONFIG_REVISION: 7 }),
  ],
});
