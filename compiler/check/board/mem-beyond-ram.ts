import { defineRule, type Hit } from "../define-rule.js";
import { type Board, onBoard } from "../facts/board.js";
import { firstPartOutside, physicalRange } from "../facts/board-memory.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, IntervalIndex, merged } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";
import { rangeText, regionText } from "../words.js";

/** Below 1M a PC has other things, too: maps of its RAM cover them. */
const legacyEnd = 0x10_0000n;

export const memBeyondRam = defineRule({
  id: "mem-beyond-ram",
  family: "board",
  title: "RAM that the board does not have",
  severity: "error",
  otherwise: "info in the root cell",
  scope: "board",
  statement: "Memory that is loaded, executed or used for DMA is RAM of the board.",
  explanation:
    "Boards come with different amounts of memory, and the config of the larger one names addresses at which the smaller one has nothing. The hypervisor does not know what is installed.",
  consequences: {
    cell: {
      step: "load",
      outcome: "parked",
      text: "The cell is created, but nothing answers at these addresses. The access that is to load the image ends in an abort, or what is written is lost and reads as all ones.",
    },
    hypervisor: {
      step: "enable",
      outcome: "crash",
      text: "The driver copies the hypervisor to where nothing keeps it and jumps there.",
    },
    root: {
      step: "run",
      outcome: "harmless",
      text: "Linux does not use what is not there; the root cell may reach more than it needs.",
    },
  },
  help: "use addresses that this variant of the board has RAM at",
  sources: ["hypervisor/control.c:521", "driver/main.c:496"],
  after: ["fmt-arch-board", "mem-addr-range"],
  example: {
    board: `command-line: memmap=80M$0x3a000000
memory: { ram: [0x0..0x9fbff, 0x100000..0x3effffff] }`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0x4000_0000 size 16M rwx dma }
cell demo { use inmate(0x4000_0000) }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
  },
  *find({ board, set }): Iterable<Hit<"cell" | "hypervisor" | "root">> {
    const ram = installedRam(board, set.all[0]);
    if (ram === null) return;
    for (const config of set.all) {
      const memory = config.system?.hypervisorMemory;
      const part = memory === undefined ? undefined : firstPartOutside(physicalRange(memory), ram);
      if (part !== undefined) {
        yield {
          at: config.spot(memory!),
          message: `the board has no RAM at ${rangeText(part)}, which is the hypervisor's`,
          also: [ramOf(config, board)],
          as: "hypervisor",
        };
      }
      for (const region of config.regions) yield* absentIn(region, ram, board);
    }
  },
});

function* absentIn(
  region: Region,
  ram: IntervalIndex<Interval>,
  board: Board,
): Iterable<Hit<"cell" | "root">> {
  if (!isLikeRam(region)) return;
  const part = firstPartOutside(region.phys, ram);
  if (part === undefined) return;
  const { config } = region;
  yield {
    at: region.spot(),
    message: `the board has no RAM at ${rangeText(part)}, which is in ${regionText(region)}`,
    also: [ramOf(config, board)],
    as: config.isRoot ? "root" : "cell",
    ...(config.isRoot ? { severity: "info" } : {}),
  };
}

function isLikeRam({ hasPhysical, io, loadable, execute, dma }: Region): boolean {
  return hasPhysical && !io && (loadable || execute || dma);
}

/** What is reserved may be left out of the RAM by the firmware's map. */
function installedRam(board: Board, config: CheckedConfig | undefined): IntervalIndex<Interval> | null {
  const ram = board.memory?.ram ?? null;
  if (ram === null) return null;
  const reserved = (board.memory!.reserved ?? []).map(({ range }) => range);
  const legacy = config?.machine === "x86" ? [{ start: 0n, end: legacyEnd }] : [];
  return new IntervalIndex(merged([...ram, ...reserved, ...legacy]));
}

function ramOf(config: CheckedConfig, board: Board) {
  return { at: onBoard(config, board.memory!, "ram"), text: "RAM of the board" };
}
