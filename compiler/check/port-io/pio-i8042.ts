import { defineRule } from "../define-rule.js";
import { keyboardCommandPort, portGrants } from "../facts/port-grants.js";

export const pioI8042 = defineRule({
  id: "pio-i8042",
  family: "port-io",
  title: "Command port of the keyboard controller",
  severity: "info",
  scope: "config",
  machines: ["x86"],
  statement: "Nothing relies on free access to port 0x64.",
  explanation:
    "Commands at port 0x64 can reset the machine. The hypervisor traps the port in every cell; for a cell that is granted it, all but these commands are passed on.",
  consequences: {
    moderated: {
      step: "run",
      outcome: "harmless",
      text: "The cell can use the keyboard controller. A command that writes the output port or pulses its lines, 0xd1 or 0xf0 to 0xff, parks the CPU: `FATAL: Invalid write to i8042 controller port`.",
    },
  },
  help: "nothing, as long as the cell leaves these commands alone",
  sources: ["hypervisor/arch/x86/vcpu.c:121-128", "hypervisor/arch/x86/i8042.c:25"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x64
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x65
}`,
  },
  *find({ config }) {
    for (const grant of portGrants(config)) {
      if (grant.start > keyboardCommandPort || grant.end <= keyboardCommandPort) continue;
      yield {
        at: grant.spot,
        message: `port 0x64 of ${config.title} is trapped all the same`,
      };
    }
  },
});
