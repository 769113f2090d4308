import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { listed } from "../words.js";

export const cpuTakesAll = defineRule({
  id: "cpu-takes-all",
  family: "cpu",
  title: "No CPU left for the root cell",
  severity: "error",
  scope: "set",
  statement: "Cells that run at the same time leave the root cell at least one CPU.",
  explanation:
    "Linux runs in the root cell and goes on running there while cells exist. Its last CPU cannot be taken from it.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "Linux refuses to take its last CPU offline, and the driver brings back those that it had taken already.",
    },
  },
  help: "leave a CPU to the root cell",
  sources: ["driver/cell.c:246"],
  after: ["cpu-zero-x86", "cpu-root-empty", "cpu-not-in-root", "fmt-arch-cell"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); cpus 0-3 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); cpus 1-3 }`,
  },
  *find({ set }) {
    const { system } = set;
    if (system === null || system.cpus.length === 0) return;
    const ofRoot = new Set(system.cpus);
    const seen = new Set<CheckedConfig>();
    for (const cell of set.cells) {
      if (seen.has(cell)) continue;
      const group = runningWith(cell, set);
      for (const each of group) seen.add(each);
      const taken = new Set(group.flatMap(({ cpus }) => cpus));
      if (!system.cpus.every((cpu) => taken.has(cpu))) continue;
      const takers = group.filter(({ cpus }) => cpus.some((cpu) => ofRoot.has(cpu)));
      const [first, ...others] = takers.toReversed();
      yield {
        at: first!.spot(first!.cell.cpus),
        message: `${listed(takers.map(({ title }) => title))} ${takers.length > 1 ? "take" : "takes"} every CPU of ${system.title}`,
        also: [
          ...others.map((other) => ({ at: other.spot(other.cell.cpus), text: "together with these" })),
          { at: system.spot(system.cell.cpus), text: "all of these" },
        ],
      };
    }
  },
});

/** The cell with those that all run at the same time as it and as each other, in their order. */
function runningWith(cell: CheckedConfig, set: CheckedSet): readonly CheckedConfig[] {
  const group = [cell];
  for (const other of set.cells)
    if (!group.includes(other) && group.every((each) => set.together(each, other))) group.push(other);
  return group;
}
