import { add, constants, macro, profile, replace } from "../changes.js";
import { text, u8 } from "../members.js";

export default profile({
  id: "r14.1",
  after: "r13.9",
  commit: "f2320d2ee4de384480badbeafc7ad5bf8a4526a1",
  date: "2023-01-10",
  summary:
    "Revision 14: files say for which architecture they are, and signatures shrink to five characters.",
  changes: [
    add("jailhouse_cell_desc", { after: "signature" }, u8("architecture")),
    replace("jailhouse_cell_desc", "signature", text("signature", 5)),
    add("jailhouse_system", { after: "signature" }, u8("architecture")),
    replace("jailhouse_system", "signature", text("signature", 5)),
    constants({ JAILHOUSE_X86: 0, JAILHOUSE_ARM: 1, JAILHOUSE_ARM64: 2, JAILHOUSE_CONFIG_REVISION: 14 }),
    macro("JAILHOUSE_CELL_DESC_SIGNATURE", null, '"JHCLL"'),
    macro("JAILHOUSE_SYSTEM_SIGNATURE", null, '"JHSYS"'),
  ],
});
