import { defineRule } from "../define-rule.js";

const flag = "JAILHOUSE_CELL_AARCH32";

export const aarch32Flag = defineRule({
  id: "aarch32-flag",
  family: "cpu",
  title: "AARCH32 where it means nothing",
  severity: "warning",
  scope: "config",
  machines: ["x86", "arm", "arm64"],
  statement: "Only cells of ARM64 other than the root cell have the flag AARCH32.",
  explanation:
    "The flag makes the hypervisor of ARM64 start the CPUs of a cell in the 32-bit state, which the processor has to support. Other architectures have one state, and the root cell goes on in the one that Linux is in.",
  consequences: {
    ignored: {
      step: "start",
      outcome: "ineffective",
      text: "Nobody looks at the flag: the CPUs start as they do without it.",
    },
  },
  help: "remove the flag, or make the cell one of ARM64",
  sources: ["hypervisor/arch/arm-common/control.c:38", "hypervisor/arch/arm64/control.c:78"],
  after: ["fmt-arch-cell"],
  example: {
    wrong: `import "machines/arm-board.jail"
system board { use arm-board() }
cell demo { use inmate(); flags passive-commreg, aarch32 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); flags passive-commreg, aarch32 }`,
  },
  *find({ config }) {
    if (!config.hasCellFlag(flag)) return;
    if (config.mayBe("arm64") && !config.isRoot) return;
    const at = { ...config.cellSpot(), field: "flags" };
    const why = config.isRoot ? "of the root cell" : `on ${config.machine}`;
    yield {
      at,
      message: `the flag AARCH32 ${why} means nothing`,
      fixes: [{ title: "remove the flag", changes: [{ kind: "flag", at, name: flag, on: false }] }],
    };
  },
});
