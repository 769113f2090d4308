import { defineRule } from "../define-rule.js";

export const cpuCellEmpty = defineRule({
  id: "cpu-cell-empty",
  family: "cpu",
  title: "Cell without CPUs",
  severity: "error",
  otherwise: "warning on x86",
  scope: "config",
  only: "cell",
  statement: "A cell has at least one CPU.",
  explanation:
    "Nothing runs in a cell without CPUs, and nothing refuses it. On ARM the hypervisor looks for the first CPU of a cell when it starts and destroys it, and goes on with a number that stands for none.",
  consequences: {
    x86: {
      step: "start",
      outcome: "ineffective",
      text: "All commands succeed, and the cell is shown as running although no CPU executes its code.",
    },
    arm: {
      step: "start",
      outcome: "ineffective",
      text: "All commands succeed, and the cell is shown as running although no CPU executes its code. The hypervisor uses the data of a CPU that does not exist, beyond those that do.",
    },
  },
  help: "give the cell a CPU of the root cell",
  sources: ["hypervisor/arch/arm-common/control.c:162", "hypervisor/control.c:485"],
  after: ["fmt-truncated", "cpu-set-size"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); cpus none size 8 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); cpus 3 }`,
  },
  *find({ config }) {
    const { cpus } = config.cell;
    const number = cpus.kind === "list" ? cpus.cpus.length : config.cpus.length;
    if (number > 0) return;
    const message = `${config.title} has no CPU`;
    if (config.isArm) yield { at: config.spot(cpus), message, as: "arm" };
    else yield { at: config.spot(cpus), message, severity: "warning", as: "x86" };
  },
});
