import { defineRule } from "../define-rule.js";

export const cpuRootEmpty = defineRule({
  id: "cpu-root-empty",
  family: "cpu",
  title: "Root cell without CPUs",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "The root cell has all CPUs of the machine.",
  explanation:
    "Jailhouse takes over every CPU that Linux runs on, and the root cell has to own them all; cells get theirs from it. The driver looks for the highest CPU of the set before anything else.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The driver finds no CPU in the set.",
    },
  },
  help: "list all CPUs that are online when the hypervisor is enabled",
  sources: ["driver/main.c:182", "driver/main.c:406"],
  after: ["fmt-truncated"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus none size 8 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus 0 size 8 }`,
  },
  *find({ config }) {
    const { cpus } = config.cell;
    const number = cpus.kind === "list" ? cpus.cpus.length : config.cpus.length;
    if (number > 0) return;
    yield { at: config.spot(cpus), message: `${config.title} has no CPU` };
  },
});
