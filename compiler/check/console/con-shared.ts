import type { Console } from "../../ir/console.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import {
  hasConsole,
  isScreen,
  registersKey,
  registersOf,
  registersText,
} from "../facts/console-registers.js";

export const conShared = defineRule({
  id: "con-shared",
  family: "console",
  title: "Console with two users",
  severity: "info",
  scope: "set",
  statement: "A console is used by one cell, or by the hypervisor alone.",
  explanation:
    "Hypervisor and cells print without knowing of each other. Demos share one UART on purpose, since a board often has no second one.",
  consequences: {
    mixed: {
      step: "run",
      outcome: "harmless",
      text: "Nothing complains. What they print is mixed character by character, and whoever sets up the UART last decides its speed.",
    },
  },
  help: "give the cell a console of its own, or the virtual console",
  sources: ["hypervisor/uart.c:22", "inmates/lib/printk.c:79"],
  after: ["con-hv-mapped-writable", "con-not-granted"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); console 8250 pio at 0x3e8 }
cell demo { use inmate(); console 8250 pio at 0x3e8; ioports 0x3e8-0x3ef }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); console 8250 pio at 0x3e8 }
cell demo { use inmate(); console 8250 pio at 0x2e8; ioports 0x2e8-0x2ef }`,
  },
  *find({ set }) {
    const users = new Map<string, { readonly config: CheckedConfig; readonly console: Console }[]>();
    const debugConsole = set.system?.system?.debugConsole ?? null;
    if (set.system !== null && hasConsole(debugConsole))
      users.set(keyOf(debugConsole), [{ config: set.system, console: debugConsole }]);
    for (const config of set.cells) {
      const { console } = config.cell;
      if (!hasConsole(console) || isScreen(console)) continue;
      const known = users.get(keyOf(console)) ?? [];
      const other = known.find((each) => set.together(each.config, config));
      users.set(keyOf(console), [...known, { config, console }]);
      if (other === undefined) continue;
      const whose = other.config.isRoot
        ? "the debug console of the hypervisor"
        : `that of ${other.config.title}`;
      yield {
        at: config.spot(console, "address"),
        message: `the console of ${config.title} at ${registersText(registersOf(console))} is ${whose}, too`,
        also: [{ at: other.config.spot(other.console, "address"), text: "used here, too" }],
      };
    }
  },
});

function keyOf(console: Console): string {
  return registersKey(registersOf(console));
}
