import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { systemRamOf } from "../facts/board-memory.js";
import { IntervalIndex } from "../facts/intervals.js";
import { hex, listed, rangeText } from "../words.js";

export const conClockReg = defineRule({
  id: "con-clock-reg",
  family: "board",
  title: "Clock register that is none",
  severity: "error",
  otherwise: "warning where Linux has no memory there",
  scope: "board",
  statement: "The clock register of the debug console is one of the board.",
  explanation:
    "Some UARTs need a clock that Linux may switch off. Before it starts the hypervisor, the driver maps the register that the config names and changes one bit in it.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Unable to map clock register at %08lx"],
      text: "The kernel does not let the driver map its own memory as a device.",
    },
    elsewhere: {
      step: "enable",
      outcome: "ineffective",
      text: "The driver changes a bit of whatever is at the address, and the clock of the UART remains as it is: perhaps nothing is printed.",
    },
  },
  help: "name the register of the board that gates the clock of the UART, or none",
  sources: ["driver/main.c:534"],
  after: ["fmt-arch-board"],
  example: {
    board: "clock-registers: [{ at: 0x9040000, size: 4K }]",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4K clock 0x905_0000 gate 3 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4K clock 0x904_0000 gate 3 }`,
  },
  *find({ board, set }): Iterable<Hit<"refused" | "elsewhere">> {
    const { system } = set;
    const console = system?.system?.debugConsole;
    if (system === null || console === null || console === undefined || console.clockReg === 0n) return;
    const register = { start: console.clockReg, end: console.clockReg + 4n };
    const at = system.spot(console, "clockReg");
    const used = systemRamOf(board, set)?.first(register);
    if (used !== undefined) {
      yield {
        at,
        message: `the clock register, ${hex(register.start)}, is memory that Linux uses`,
        also: [{ at: onBoard(system, board, "memory"), text: `${rangeText(used)} among others` }],
        as: "refused",
      };
      return;
    }
    const known = board.clockRegisters;
    if (known === null || new IntervalIndex(known).containing(register) !== undefined) return;
    const ranges = known.slice(0, 4).map((range) => rangeText(range));
    yield {
      at,
      message: `the board has no clock register at ${hex(register.start)}`,
      also: [
        { at: onBoard(system, board, "clockRegisters"), text: ranges.length === 0 ? "none" : listed(ranges) },
      ],
      as: "elsewhere",
      severity: "warning",
    };
  },
});
