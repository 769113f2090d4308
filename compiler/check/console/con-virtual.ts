import { hasFlag } from "../../ir/names.js";
import { virtualConsole } from "../../ir/revision-facts.js";
import { defineRule } from "../define-rule.js";

export const conVirtual = defineRule({
  id: "con-virtual",
  family: "console",
  title: "Virtual console of a cell that nobody can read",
  severity: "info",
  scope: "root",
  statement: "The system has the virtual debug console where a cell prints to it.",
  explanation:
    "A cell with `JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE` prints through the hypervisor, which writes to its debug console and, with `JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE`, into a page that the root cell can read.",
  consequences: {
    serial: {
      step: "run",
      outcome: "harmless",
      text: "Nothing complains. What the cell prints is seen on the debug console alone; `jailhouse console` and /sys/devices/jailhouse/console fail with EPERM.",
    },
  },
  help: "give the system the flag virtual-debug-console",
  sources: ["hypervisor/setup.c:46", "hypervisor/control.c:964"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); flags 0 }
cell demo { use inmate(); flags passive-commreg, virtual-console-active }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); flags passive-commreg, virtual-console-active }`,
  },
  *find({ cell, system }) {
    if (!cell.hasCellFlag("JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE")) return;
    if (system.system === null || hasFlag(system.system.flags, virtualConsole)) return;
    yield {
      at: cell.cellSpot("flags"),
      message: `${cell.title} prints to a virtual console, which ${system.title} cannot read`,
      also: [{ at: system.spot(system.system, "flags"), text: "no virtual debug console here" }],
    };
  },
});
