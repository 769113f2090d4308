import { add, constants, profile } from "../changes.js";
import { embed } from "../members.js";

export default profile({
  id: "r10.1",
  after: "r9.4",
  commit: "e2437adf77b7fb20e9de79d0d68992c492eab43e",
  date: "2018-06-27",
  summary: "Revision 10: every cell describes its console.",
  changes: [
    add("jailhouse_cell_desc", "end", embed("jailhouse_console", "console")),
    constants({ JAILHOUSE_CONFIG_REVISION: 10 }),
  ],
});
