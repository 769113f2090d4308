import { add, constants, profile, replace } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.5",
  after: "r0.4",
  commit: "c7ef80a321354908d117f64732ab6c0476356f80",
  date: "2014-01-14",
  summary: "Cells have flags; one of them exempts a cell from being asked before it is shut down.",
  changes: [
    add("jailhouse_cell_desc", { after: "name" }, u32("flags")),
    replace("jailhouse_cell_desc", "padding", u32("padding", 2)),
    constants({ JAILHOUSE_CELL_UNMANAGED_EXIT: 0x1 }),
  ],
});
