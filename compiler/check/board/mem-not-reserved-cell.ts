import { defineRule } from "../define-rule.js";
import {
  firstPartIn,
  jailhouseMemory,
  physicalRange,
  reservingText,
  systemRamOf,
} from "../facts/board-memory.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, IntervalIndex } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";
import { count, listed, rangeText, regionText } from "../words.js";

export const memNotReservedCell = defineRule({
  id: "mem-not-reserved-cell",
  family: "board",
  title: "Memory of a cell that Linux uses",
  severity: "error",
  scope: "board",
  statement: "Linux in the root cell uses no memory that is given to a cell.",
  explanation:
    "The root cell lends memory, but Linux does not know that: whatever it may use can hold the kernel, programs or files when the cell is created. So what cells are to get is kept from Linux when it boots.",
  consequences: {
    taken: {
      step: "create",
      outcome: "parked",
      text: "The pages disappear from under Linux with whatever they hold. The next time that it touches one of them, the hypervisor stops the CPU; until then, the cell overwrites its data.",
    },
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Linux goes on using the pages for itself: cell and kernel overwrite each other's data.",
    },
  },
  help: "reserve the memory when Linux boots: `memmap=` on x86, reserved-memory or `mem=` on ARM",
  sources: ["hypervisor/control.c:521"],
  after: ["fmt-arch-board", "mem-addr-range", "hv-mem-overlap"],
  example: {
    board: `command-line: memmap=6M$0x3a000000
memory:
  ram: [0x0..0x9fbff, 0x100000..0x3effffff]`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }) {
    const ram = systemRamOf(board, set);
    if (ram === null) return;
    const needed = new IntervalIndex(jailhouseMemory(set, ram));
    const memory = set.system?.system?.hypervisorMemory;
    const hypervisor = memory === undefined ? undefined : physicalRange(memory);
    // What has to be reserved together is told once: of the hypervisor, if Linux uses some of that.
    const told =
      hypervisor === undefined || ram.first(hypervisor) === undefined ? undefined : needed.first(hypervisor);
    for (const [range, [first, ...others]] of takenTogether(set, ram, needed)) {
      if (range === told || first === undefined) continue;
      yield {
        at: first.spot(),
        message: `Linux uses ${rangeText(firstPartIn(first.phys, ram)!)} of ${regionText(first)}`,
        notes: others.length === 0 ? [] : [othersText(others)],
        as: first.rootShared ? "shared" : "taken",
        help: reservingText(range, first.config.machine),
      };
    }
  },
});

/** How many other regions are named. */
const named = 8;

function othersText(others: readonly Region[]): string {
  const rest = others.length - named;
  const names = others.slice(0, named).map((region) => regionText(region));
  return `Linux also uses ${listed(rest > 0 ? [...names, count(rest, "more region")] : names)}`;
}

/** Regions that Linux uses, by the range that has to be reserved for them. */
function takenTogether(
  { cells }: CheckedSet,
  ram: IntervalIndex<Interval>,
  needed: IntervalIndex<Interval>,
): ReadonlyMap<Interval, readonly Region[]> {
  const taken = new Map<Interval, Region[]>();
  for (const region of cells.flatMap(({ regions }) => regions)) {
    if (!region.hasPhysical || ram.first(region.phys) === undefined) continue;
    const range = needed.first(region.phys)!;
    const known = taken.get(range);
    if (known === undefined) taken.set(range, [region]);
    else known.push(region);
  }
  return taken;
}
