import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { cpusNamed, cpusText } from "../words.js";

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
    for (const [index, cell] of set.cells.entries()) {
      for (const other of set.cells.slice(0, index)) {
        const { first, total } = sharedCpus(other, cell);
        if (total === 0) continue;
        const which = cpusText(first, total);
        yield {
          at: cell.spot(cell.cell.cpus),
          message: `${which} of ${cell.title} belong${total > 1 ? "" : "s"} to ${other.title}, too`,
          also: [{ at: other.spot(other.cell.cpus), text: `${which} here, too` }],
          between: [other, cell],
        };
      }
    }
  },
});

/** Of the CPUs that both cells have: the first ones, as many as are named, and how many there are. */
function sharedCpus(
  one: CheckedConfig,
  other: CheckedConfig,
): { readonly first: readonly number[]; readonly total: number } {
  const [bytes, others] = [bitsOf(one), bitsOf(other)];
  const first: number[] = [];
  let total = 0;
  for (let index = 0; index < Math.min(bytes.length, others.length); index++) {
    for (let bits = bytes[index]! & others[index]!; bits !== 0; bits &= bits - 1) {
      total += 1;
      if (first.length < cpusNamed) first.push(index * 8 + lowestBit(bits));
    }
  }
  return { first, total };
}

function bitsOf({ cell: { cpus } }: CheckedConfig): Uint8Array {
  return cpus.kind === "bits" ? cpus.bytes : new Uint8Array();
}

/** @param bits not 0 */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
