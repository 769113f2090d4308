import { defineRule } from "../define-rule.js";
import { isMapped } from "../facts/console-registers.js";
import { hex, sizeText } from "../words.js";

/** From the hypervisor's first address on 32-bit ARM to that of what it maps later (0xf0000000, 0xf8000000). */
const armRoom = 0x800_0000n;
/** The console gets the page of 2M before the hypervisor's first address on arm64. */
const arm64Room = 0x20_0000n;

export const conRemapOverlap = defineRule({
  id: "con-remap-overlap",
  family: "console",
  title: "Debug console that reaches into other addresses of the hypervisor",
  severity: "error",
  scope: "config",
  only: "system",
  machines: ["arm", "arm64"],
  statement: "The debug console fits into the addresses that the hypervisor has for it.",
  explanation:
    "On 32-bit ARM, Linux maps hypervisor and console, and both have to end before 0xf8000000, where the hypervisor maps devices by itself. On arm64 the console has the 2M before the hypervisor, of which its address within a page of 2M uses up the first part.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor stops when it sets up its page tables.",
    },
    overwritten: {
      step: "enable",
      outcome: "crash",
      text: "The mapping of the console replaces that of the hypervisor's own code, which is not there any more when the tables come into use.",
    },
  },
  help: "state the size of the registers alone, 4K for most UARTs",
  sources: ["hypervisor/paging.c:700", "hypervisor/arch/arm64/entry.S:90"],
  after: ["con-type", "hv-mem-window"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4M }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 2M }`,
  },
  *find({ config }) {
    const { system, machine } = config;
    const console = system?.debugConsole ?? null;
    if (system === null || console === null || !isMapped(console)) return;
    const { address, size } = console;
    if (machine === "arm") {
      const hypervisor = system.hypervisorMemory.size;
      if (hypervisor + size < armRoom) return;
      yield {
        at: config.spot(console, "size"),
        message: `the debug console of ${sizeText(size)} and the hypervisor of ${sizeText(hypervisor)} together reach ${sizeText(armRoom)}`,
        also: [
          { at: config.spot(system.hypervisorMemory, "size"), text: "the size of the hypervisor's memory" },
        ],
        as: "refused",
      };
    } else if ((address % arm64Room) + size > arm64Room) {
      yield {
        at: config.spot(console, "size"),
        message: `the debug console of ${sizeText(size)} at ${hex(address)} goes on behind the 2M that ${hex(address)} lies in`,
        as: "overwritten",
      };
    }
  },
});
