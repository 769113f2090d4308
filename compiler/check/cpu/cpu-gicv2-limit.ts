import { defineRule } from "../define-rule.js";
import { cpusText } from "../words.js";

/** Entries of gicv2_target_cpu_map (hypervisor/arch/arm-common/gic-v2.c). */
const mostCpus = 8;

export const cpuGicv2Limit = defineRule({
  id: "cpu-gicv2-limit",
  family: "cpu",
  title: "More than 8 CPUs on a GICv2",
  severity: "error",
  scope: "config",
  only: "system",
  machines: ["arm", "arm64"],
  statement: "With a GICv2, CPUs have the numbers 0 to 7.",
  explanation:
    "A GICv2 addresses CPUs by a bit each in a byte, and the hypervisor keeps which CPU has which bit in a table of 8.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor prints ` CPU 8... FAILED` for the first CPU that has no place in the table.",
    },
  },
  help: "correct the CPU set, or the version of the GIC",
  sources: ["hypervisor/arch/arm-common/gic-v2.c:116"],
  example: {
    wrong: `import "machines/arm-board.jail"
system board { use arm-board(); cpus 0-8 }`,
    right: `import "machines/arm-board.jail"
system board { use arm-board(); cpus 0-7 }`,
  },
  *find({ config }) {
    const arm = config.system?.platform?.arm;
    if (arm === null || arm === undefined || arm.gicVersion !== 2) return;
    const beyond = config.cpus.filter((cpu) => cpu >= mostCpus);
    if (beyond.length === 0) return;
    yield {
      at: config.spot(config.cell.cpus),
      message: `a GICv2 cannot address ${cpusText(beyond)}`,
      also: [{ at: config.spot(arm, "gicVersion"), text: "version 2" }],
    };
  },
});
