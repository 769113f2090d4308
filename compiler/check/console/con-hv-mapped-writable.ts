import { defineRule } from "../define-rule.js";
import { hasDriver, isMapped, isScreen, registersOf } from "../facts/console-registers.js";
import { hex, regionText } from "../words.js";

export const conHvMappedWritable = defineRule({
  id: "con-hv-mapped-writable",
  family: "console",
  title: "Debug console that a cell can write to",
  severity: "warning",
  scope: "root",
  machines: ["x86", "arm", "arm64"],
  statement: "No cell but the root cell can write the registers of the debug console.",
  explanation:
    "The hypervisor prints on the debug console by itself, and waits before each character until the UART is ready. Who can write its registers can stop it, or change what is printed about a fault.",
  consequences: {
    open: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can mix its output into the hypervisor's, and can set up the UART in such a way that it never becomes ready: the hypervisor then waits for ever when it prints next.",
    },
  },
  help: "give the cell another UART or the virtual console, unless it is a demo on a board with one UART",
  sources: ["hypervisor/uart.c:22"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory "UART" at 0x900_0000 size 4K rw io rootshared }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory "UART" at 0x900_1000 size 4K rw io rootshared }`,
  },
  *find({ cell, system }) {
    const console = system.system?.debugConsole ?? null;
    const { machine } = system;
    if (!hasDriver(console, machine)) return;
    const registers = registersOf(console);
    if (!isMapped(console) || isScreen(console) || registers.kind !== "memory") return;
    for (const { region } of cell.byPhysical.overlapping(registers.range)) {
      if (!region.write) continue;
      yield {
        at: region.spot("physStart"),
        message: `${regionText(region)} has the registers of the debug console at ${hex(console.address)}`,
        also: [{ at: system.spot(console, "address"), text: "the hypervisor prints here" }],
      };
      return;
    }
  },
});
