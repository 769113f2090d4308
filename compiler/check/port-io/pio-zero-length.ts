import { defineRule } from "../define-rule.js";
import { hex } from "../words.js";

export const pioZeroLength = defineRule<"config", "nothing" | "empty">({
  id: "pio-zero-length",
  family: "port-io",
  title: "Range of no ports",
  severity: "warning",
  otherwise: "info for a range that is all zero",
  scope: "config",
  machines: ["x86"],
  statement: "A range of ports has at least one port.",
  explanation: "A range of length 0 grants nothing. Most often its length was forgotten.",
  consequences: {
    nothing: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The range has no effect: the ports that it was meant for stay trapped.",
    },
    empty: { step: "create", outcome: "harmless", text: "The range has no effect." },
  },
  help: "give the range its length, or drop it",
  sources: ["hypervisor/arch/x86/vcpu.c:91"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  pio_regions { base = 0x3f8 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  pio_regions { base = 0x3f8; length = 8 }
}`,
  },
  *find({ config }) {
    const { portIo } = config.cell;
    if (portIo.kind === "bitmap") return;
    for (const range of portIo.ranges) {
      if (range.length > 0) continue;
      yield {
        at: config.spot(range),
        message: `a range of ${config.title} from port ${hex(range.base)} on has no ports`,
        ...(range.base === 0 ? { as: "empty" as const, severity: "info" as const } : {}),
      };
    }
  },
});
