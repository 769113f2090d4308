import { defineRule } from "../define-rule.js";
import { isSince } from "../facts/history.js";

export const commMissingActive = defineRule({
  id: "comm-missing-active",
  family: "comm",
  title: "Cell that is asked and cannot answer",
  severity: "error",
  scope: "config",
  only: "cell",
  statement: "A cell without the flag PASSIVE_COMMREG has a communication region that it can read and write.",
  explanation:
    "Before the hypervisor shuts down or destroys a running cell, and after it has created or destroyed another one, it writes a message into the communication region and waits for the answer there. All CPUs of the root cell stand still in the meantime. Cells with the flag PASSIVE_COMMREG are never asked.",
  consequences: {
    hang: {
      step: "destroy",
      outcome: "hang",
      text: "Once the cell runs, the next `jailhouse cell shutdown`, `load` or `destroy` of it waits for ever, as does every `create` and `destroy` of another cell. The whole root cell stands still.",
    },
    failed: {
      step: "destroy",
      outcome: "parked",
      prints: ["Timeout expired while waiting for reply from target cell"],
      text: "A cell that runs is stopped as failed, when the time is over, by the next `jailhouse cell shutdown`, `load` or `destroy` of it, or `create` and `destroy` of another cell.",
    },
  },
  help: "add a communication region, 4K with the rights to read and write, or set the flag PASSIVE_COMMREG if the program in the cell takes no messages",
  helpInLanguage: "add `comm`, or `flags passive-commreg` if the program in the cell takes no messages",
  sources: ["hypervisor/control.c:172"],
  after: ["fmt-truncated", "mem-none"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config }) {
    // Cells are asked since communication regions exist.
    if (!isSince(config, "r0.4") || config.hasCellFlag("JAILHOUSE_CELL_PASSIVE_COMMREG")) return;
    const regions = config.regions.filter(({ comm }) => comm);
    if (regions.some(({ read, write }) => read && write)) return;
    const as = config.cell.msgReplyTimeout > 0n ? "failed" : "hang";
    const at = config.cellSpot("flags");
    if (regions.length === 0) {
      yield { at, message: `${config.title} has to answer messages and has no communication region`, as };
      return;
    }
    yield {
      at,
      message: `${config.title} has to answer messages and may not ${regions[0]!.write ? "read" : "write"} its communication region`,
      also: regions.map((region) => ({ at: region.spot("flags"), text: "the communication region" })),
      as,
    };
  },
});
