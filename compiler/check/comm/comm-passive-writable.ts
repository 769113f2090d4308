import { defineRule } from "../define-rule.js";

export const commPassiveWritable = defineRule({
  id: "comm-passive-writable",
  family: "comm",
  title: "Passive cell that can lock others out",
  severity: "info",
  scope: "config",
  only: "cell",
  statement:
    "A passive cell that should not hold up the management of others cannot write its communication region.",
  explanation:
    "The flag PASSIVE_COMMREG keeps the hypervisor from asking the cell. It still reads the cell's state from the region before it creates or destroys another cell, and a cell that says there that it is running and locked forbids both.",
  consequences: {
    locked: {
      step: "run",
      outcome: "harmless",
      text: "Nothing goes wrong unless the program sets that state: then `jailhouse cell create` and `destroy` of other cells, and `jailhouse disable`, fail with EPERM (Operation not permitted).",
    },
  },
  help: "leave it as it is if the program can be trusted so far, as nearly all cells do",
  sources: ["hypervisor/control.c:212"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); flags virtual-console-permitted }`,
  },
  *find({ config }) {
    if (!config.hasCellFlag("JAILHOUSE_CELL_PASSIVE_COMMREG")) return;
    const region = config.regions.find(({ comm, write }) => comm && write);
    if (region === undefined) return;
    yield {
      at: region.spot("flags"),
      message: `${config.title} takes no messages, and can still lock the management of other cells`,
    };
  },
});
