import { add, constants, macro, profile, replace } from "../changes.js";
import { text, u16 } from "../members.js";

export default profile({
  id: "r1.1",
  after: "r0.49",
  commit: "80226df56d9e2c4f4126135f49ab1ed20ffe0d7a",
  date: "2016-11-27",
  summary: "Revision 1: files carry the revision of their format, and signatures shrink to six characters.",
  changes: [
    add("jailhouse_cell_desc", { after: "signature" }, u16("revision")),
    replace("jailhouse_cell_desc", "signature", text("signature", 6)),
    add("jailhouse_system", { after: "signature" }, u16("revision")),
    replace("jailhouse_system", "signature", text("signature", 6)),
    constants({ JAILHOUSE_CONFIG_REVISION: 1 }),
    macro("JAILHOUSE_CELL_DESC_SIGNATURE", null, '"JHCELL"'),
    macro("JAILHOUSE_SYSTEM_SIGNATURE", null, '"JHSYST"'),
  ],
});
