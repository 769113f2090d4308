import { defineRule } from "../define-rule.js";
import { commonPorts, pmTimerPorts, portGrants } from "../facts/port-grants.js";
import { portListText } from "../words.js";

export const pioStealsPmTimer = defineRule({
  id: "pio-steals-pm-timer",
  family: "port-io",
  title: "Timer ports taken from the root cell",
  severity: "error",
  scope: "root",
  machines: ["x86"],
  statement: "No cell lists the ports of the power-management timer.",
  explanation:
    "Every cell may read the power-management timer, at four ports from `pm_timer_address` on, without listing them. A cell that lists them takes them from the root cell, like any other ports.",
  consequences: {
    parked: {
      step: "create",
      outcome: "parked",
      prints: ["FATAL: Invalid PIO %s, port: %x size: %d"],
      text: "As soon as Linux reads the timer, which it may do at any time, a CPU of the root cell is parked. The ports do not come back when the cell is destroyed, unless the config of the root cell lists them.",
    },
  },
  help: "leave the ports out; the cell reads the timer without them",
  sources: ["hypervisor/arch/x86/vcpu.c:130-144"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x608-0x60b
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  ioports 0x60c-0x60f
}`,
  },
  *find({ cell, system }) {
    const timer = pmTimerPorts(system);
    if (timer === undefined) return;
    for (const grant of portGrants(cell)) {
      const [stolen] = commonPorts(grant, [timer]);
      if (stolen === undefined) continue;
      yield {
        at: grant.spot,
        message: `${cell.title} takes ${portListText([stolen])} of the power-management timer from ${system.title}`,
        also: [
          { at: system.spot(system.system!.platform!.x86!, "pmTimerAddress"), text: "the timer is here" },
        ],
      };
    }
  },
});
