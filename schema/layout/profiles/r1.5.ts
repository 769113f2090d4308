import { add, profile, rename } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "r1.5",
  after: "r1.4",
  commit: "f86f018751c3a778c672c9ba2780067922dcbaf2",
  date: "2016-11-10",
  summary: "The debug console states clock register and gate.",
  changes: [
    rename("jailhouse_debug_console", "__reserved", "gate_nr"),
    add("jailhouse_debug_console", "end", u64("clock_reg")),
  ],
});
