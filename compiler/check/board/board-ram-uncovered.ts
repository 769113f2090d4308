import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { partsOutside, physicalRange, systemRamOf } from "../facts/board-memory.js";
import { IntervalIndex, merged } from "../facts/intervals.js";
import { rangeText } from "../words.js";

export const boardRamUncovered = defineRule({
  id: "board-ram-uncovered",
  family: "board",
  title: "Memory of Linux that the root cell lacks",
  severity: "error",
  scope: "board",
  statement: "The root cell has all memory that Linux uses.",
  explanation:
    "From `jailhouse enable` on, Linux reaches only what the config of the root cell lists. It does not know that and goes on using all memory that it has found at boot: a board with more memory than the config was written for has some that is missing.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      text: "The first access to memory that is missing stops the CPU, mostly within moments after `jailhouse enable`.",
    },
  },
  help: "add the memory to the root cell, or keep Linux from it (`mem=`, `memmap=`)",
  sources: ["hypervisor/setup.c:185", "hypervisor/arch/x86/vcpu.c:252", "hypervisor/arch/arm64/mmio.c:108"],
  after: ["fmt-arch-board", "mem-none"],
  example: {
    board: "memory: { system-ram: [0x1000..0x39ffffff, 0x40000000..0x7fffffff] }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0x4000_0000 size 1G rwx dma }`,
  },
  *find({ board, set }) {
    const { system, all } = set;
    const ram = systemRamOf(board, set);
    if (system === null || ram === null) return;
    // Memory of the hypervisor and of cells that Linux uses is a mistake of its own.
    const regions = all.flatMap((config) => config.regions.filter(({ hasPhysical }) => hasPhysical));
    const hypervisor = physicalRange(system.system!.hypervisorMemory);
    const known = new IntervalIndex(merged([hypervisor, ...regions.map(({ phys }) => phys)]));
    for (const range of ram.items) {
      for (const part of partsOutside(range, known)) {
        yield {
          at: system.tableSpot("memoryRegions"),
          message: `Linux uses ${rangeText(part)}, which ${system.title} does not have`,
          also: [{ at: onBoard(system, board, "memory"), text: "memory of the board" }],
        };
      }
    }
  },
});
