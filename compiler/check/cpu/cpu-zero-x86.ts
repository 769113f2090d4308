import { defineRule } from "../define-rule.js";
import { isSince } from "../facts/history.js";

export const cpuZeroX86 = defineRule({
  id: "cpu-zero-x86",
  family: "cpu",
  title: "CPU 0 in a cell",
  severity: "error",
  scope: "config",
  only: "cell",
  machines: ["x86"],
  statement: "On x86, CPU 0 stays with the root cell.",
  explanation:
    "Linux never really gives up CPU 0 of an x86 machine: it only parks it, and wakes it by an interrupt when it wants it back. A cell would destroy the state that it waits in.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["Cannot assign CPU 0 to other cells"],
      text: "The driver takes no other CPU from Linux than it can give back.",
    },
    lost: {
      step: "destroy",
      outcome: "hang",
      text: "The driver of that time does not check it (it has since October 2018): the cell runs, but Linux cannot get CPU 0 back.",
    },
  },
  help: "give the cell another CPU, and leave CPU 0 to the root cell",
  sources: ["driver/cell.c:233"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(cpu = 0) }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(cpu = 1) }`,
  },
  *find({ config }) {
    if (config.cpus[0] !== 0) return;
    yield {
      at: config.spot(config.cell.cpus),
      message: `CPU 0 is one of the CPUs of ${config.title}`,
      as: isSince(config, "r10.1") ? "refused" : "lost",
    };
  },
});
