import { defineRule } from "../define-rule.js";
import { isSince } from "../facts/history.js";

export const commMissingPassive = defineRule({
  id: "comm-missing-passive",
  family: "comm",
  title: "No communication region",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "A cell has a communication region, even if it takes no messages.",
  explanation:
    "The communication region is also where a program finds out about its cell: the console, the PCI host, the number of CPUs, the clock rates. The demos of Jailhouse and the loader for Linux read it first of all.",
  consequences: {
    fault: {
      step: "run",
      outcome: "harmless",
      text: "The cell starts. A program that reads the communication region, as those do that are built with the inmate library, is stopped there.",
    },
  },
  help: "add a communication region, unless the program does not use one",
  sources: ["inmates/lib/include/inmate_common.h:91"],
  after: ["comm-missing-active"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config }) {
    if (!isSince(config, "r0.4") || config.regions.some(({ comm }) => comm)) return;
    yield { at: config.cellSpot(), message: `${config.title} has no communication region` };
  },
});
