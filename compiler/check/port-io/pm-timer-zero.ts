import { defineRule } from "../define-rule.js";

export const pmTimerZero = defineRule({
  id: "pm-timer-zero",
  family: "port-io",
  title: "No power-management timer",
  severity: "warning",
  scope: "config",
  machines: ["x86"],
  only: "system",
  statement: "The system says where the power-management timer is.",
  explanation:
    "All cells may read the timer at four ports from `pm_timer_address` on, and programs for bare metal find that address in the communication region. With address 0 no port is open, and port 0 is what they read.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PIO read, port: 0 size: 4"],
      text: "An inmate that measures time by the timer is parked at its first reading.",
    },
  },
  help: "add the address, as /proc/ioports has it for ACPI PM_TMR",
  sources: ["hypervisor/arch/x86/vcpu.c:140-144", "inmates/lib/x86/timing.c"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  x86 { vtd-interrupt-limit 256 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ config }) {
    const x86 = config.system?.platform?.x86 ?? null;
    if (x86 === null || x86.pmTimerAddress !== 0) return;
    yield {
      at: config.spot(x86, "pmTimerAddress"),
      message: `${config.title} has no address of the power-management timer`,
    };
  },
});
