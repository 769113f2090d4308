import { defineRule } from "../define-rule.js";

export const pioOnArm = defineRule({
  id: "pio-on-arm",
  family: "port-io",
  title: "Ports on a machine without any",
  severity: "info",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: "Only x86 machines have I/O ports.",
  explanation: "ARM has no I/O ports; devices are reached by memory alone.",
  consequences: {
    nothing: { step: "create", outcome: "harmless", text: "The table is ignored." },
  },
  help: "drop the ports; where a device is meant, give the cell its registers as memory",
  sources: ["hypervisor/arch/x86/vcpu.c:110-137"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  pio_regions { base = 0x3f8; length = 8 }
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
}`,
  },
  *find({ config }) {
    const { portIo } = config.cell;
    if ((portIo.kind === "bitmap" ? portIo.bytes : portIo.ranges).length === 0) return;
    yield {
      at: config.tableSpot("portIo"),
      message: `${config.title} lists I/O ports, which ARM machines do not have`,
    };
  },
});
