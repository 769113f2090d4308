import { hasFlag } from "../../ir/names.js";
import { virtualConsole } from "../../ir/revision-facts.js";
import { defineRule } from "../define-rule.js";
import { consoleTypeText, hasConsole, hasDriver } from "../facts/console-registers.js";

export const conType = defineRule({
  id: "con-type",
  family: "console",
  title: "Debug console without a driver",
  severity: "warning",
  scope: "config",
  only: "system",
  machines: ["x86", "arm", "arm64"],
  statement: "The debug console of a system is one that the hypervisor has a driver for on that machine.",
  explanation:
    "The hypervisor prints on the debug console from its first line on: on x86 it knows the 8250 and the frame buffer of EFI, on ARM the UARTs of the boards. Without it, and without the virtual console, nobody sees why something is refused or a CPU is stopped.",
  consequences: {
    silent: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains, and nothing of what the hypervisor prints is seen on the machine's console.",
    },
  },
  help: "name the UART of the machine, or let the hypervisor print to the virtual console (flag virtual-debug-console)",
  sources: ["hypervisor/arch/x86/dbg-write.c:35", "hypervisor/arch/arm-common/dbg-write.c:27"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); console pl011 mmio32 at 0xfe00_0000 size 4K }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); console 8250 mmio32 at 0xfe00_0000 size 4K }`,
  },
  *find({ config }) {
    const { system, machine } = config;
    const console = system?.debugConsole ?? null;
    if (system === null || console === null || console.type === null) return;
    if (hasConsole(console)) {
      if (hasDriver(console, machine)) return;
      yield {
        at: config.spot(console, "type"),
        message: `the hypervisor has no driver for a console ${consoleTypeText(console)} on ${machine}`,
      };
    } else if (!hasFlag(system.flags, virtualConsole)) {
      yield {
        at: config.spot(console, "type"),
        message: "the system has neither a debug console nor a virtual console",
      };
    }
  },
});
