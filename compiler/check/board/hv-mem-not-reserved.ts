import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import {
  firstPartIn,
  jailhouseMemory,
  physicalRange,
  reservingText,
  systemRamOf,
} from "../facts/board-memory.js";
import { overlap } from "../facts/intervals.js";
import { rangeText } from "../words.js";

export const hvMemNotReserved = defineRule({
  id: "hv-mem-not-reserved",
  family: "board",
  title: "Hypervisor memory that Linux uses",
  severity: "error",
  scope: "board",
  statement: "Linux uses no part of the hypervisor's memory.",
  explanation:
    "The image and the page tables of the hypervisor lie there. The driver claims the range as a whole, which the kernel allows only where it has no memory of its own.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: [
        "jailhouse: request_mem_region failed for hypervisor memory.",
        'jailhouse: Did you reserve the memory with "memmap=" or "mem="?',
      ],
      text: "The range is Linux' own memory.",
    },
  },
  help: "reserve the memory when Linux boots: `memmap=` on x86, reserved-memory or `mem=` on ARM",
  sources: ["driver/main.c:470"],
  after: ["fmt-arch-board"],
  example: {
    board: `memory:
  system-ram: [0x0..0x9fbff, 0x100000..0x39ffffff, 0x3f000000..0x3f5fffff]`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x3f00_0000 size 6M }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0x3f00_0000 size 6M rwx dma }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const ram = systemRamOf(board, set);
    const memory = system?.system?.hypervisorMemory;
    if (system === null || ram === null || memory === undefined) return;
    const range = physicalRange(memory);
    const part = firstPartIn(range, ram);
    if (part === undefined) return;
    const isWhole = part.start === range.start && part.end === range.end;
    const needed = jailhouseMemory(set, ram).find((each) => overlap(each, range)) ?? range;
    yield {
      at: system.spot(memory),
      message: `Linux uses ${isWhole ? "all" : rangeText(part)} of the hypervisor's memory, ${rangeText(range)}`,
      also: [
        board.memory!.systemRam === null && board.commandLine !== null
          ? { at: onBoard(system, board, "commandLine"), text: "does not reserve it" }
          : { at: onBoard(system, board, "memory"), text: "memory of the board" },
      ],
      help: reservingText(needed, system.machine),
    };
  },
});
