import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { listed } from "../words.js";

export const cpuOverlapCells = defineRule({
  id: "cpu-overlap-cells",
  family: "cpu",
  title: "One CPU in two cells",
  severity: "error",
  scope: "set",
  statement: "Cells that run at the same time share no CPU.",
  explanation:
    "A CPU belongs to one cell at a time: the root cell lends it to a cell while that exists. The driver compares a new cell's CPUs with those that the root cell has left.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "Whichever cell is created second is refused as long as the first one exists.",
    },
  },
  help: "give each of them other CPUs, or never create both at once",
  sources: ["driver/cell.c:225", "hypervisor/control.c:485"],
  after: ["cpu-not-in-root"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 1) }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }
scenario both { one; two }`,
  },
  *find({ set }) {
    /** Whose a CPU is, of the cells so far. */
    const owners = new Map<number, CheckedConfig[]>();
    for (const cell of set.cells) {
      const shared = new Map<CheckedConfig, number[]>();
      for (const cpu of cell.cpus) {
        const others = owners.get(cpu) ?? [];
        for (const other of others) shared.set(other, [...(shared.get(other) ?? []), cpu]);
        owners.set(cpu, [...others, cell]);
      }
      for (const [other, cpus] of shared) {
        const which = `CPU${cpus.length > 1 ? "s" : ""} ${listed(cpus.map(String))}`;
        yield {
          at: cell.spot(cell.cell.cpus),
          message: `${which} of ${cell.title} belong${cpus.length > 1 ? "" : "s"} to ${other.title}, too`,
          also: [{ at: other.spot(other.cell.cpus), text: `${which} here, too` }],
          between: [other, cell],
        };
      }
    }
  },
});
