import { defineRule } from "../define-rule.js";
import { firstPartIn, jailhouseMemory, reservingText, systemRamOf } from "../facts/board-memory.js";
import { IntervalIndex } from "../facts/intervals.js";
import { rangeText, regionText } from "../words.js";

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
    for (const config of set.cells) {
      for (const region of config.regions) {
        if (!region.hasPhysical) continue;
        const part = firstPartIn(region.phys, ram);
        if (part === undefined) continue;
        yield {
          at: region.spot(),
          message: `Linux uses ${rangeText(part)} of ${regionText(region)}`,
          as: region.rootShared ? "shared" : "taken",
          help: reservingText(needed.first(region.phys)!, config.machine),
        };
      }
    }
  },
});
