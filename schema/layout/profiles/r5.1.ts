import { add, constants, profile } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "r5.1",
  after: "r4.1",
  commit: "afa6c92fab38e29f92392e7467e0ef1da74097c0",
  date: "2017-05-11",
  summary: "Revision 5: cells state the address at which their CPUs start.",
  changes: [
    add("jailhouse_cell_desc", "end", u64("cpu_reset_address")),
    constants({ JAILHOUSE_CONFIG_REVISION: 5 }),
  ],
});
