import { define, drop, profile, replace } from "../changes.js";
import { embed, u32, u64 } from "../members.js";

export default profile({
  id: "r9.2",
  after: "r9.1",
  commit: "083cec46646b616b28cfba2c81786a988dc79249",
  date: "2018-06-27",
  summary: "The debug console's struct is called `jailhouse_console`.",
  changes: [
    define(
      "jailhouse_console",
      [u64("address"), u32("size"), u32("flags"), u32("divider"), u32("gate_nr"), u64("clock_reg")],
      { position: { before: "jailhouse_cell_desc" } },
    ),
    replace("jailhouse_system", "debug_console", embed("jailhouse_console", "debug_console")),
    drop("jailhouse_debug_console"),
  ],
});
