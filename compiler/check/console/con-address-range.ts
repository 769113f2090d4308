import { defineRule } from "../define-rule.js";
import { mappableByLinux } from "../facts/addressable.js";
import { isMapped } from "../facts/console-registers.js";
import { hex } from "../words.js";

/** The driver changes a word. */
const wordSize = 4n;

export const conAddressRange = defineRule({
  id: "con-address-range",
  family: "console",
  title: "Console behind all addresses",
  severity: "error",
  scope: "config",
  only: "system",
  machines: ["x86", "arm", "arm64"],
  statement:
    "The registers of the debug console and of its clock lie at addresses that the machine can have.",
  explanation:
    "Before it starts the hypervisor, the driver lets Linux map the register of the clock, and on x86 and 32-bit ARM the console itself. Linux maps nothing behind the last physical address that a processor can have: 52 bits on x86, 48 on arm64, 40 on arm. On arm64 the hypervisor maps the console, and drops the bits above.",
  consequences: {
    clock: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Unable to map clock register at %08lx"],
      text: "There is no such address.",
    },
    console: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Unable to map hypervisor debug console at %08lx"],
      text: "There is no such address.",
    },
    masked: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. The hypervisor prints to whatever is at the address that remains.",
    },
  },
  help: "correct the address",
  sources: ["driver/main.c:534", "driver/main.c:555", "hypervisor/paging.c:697"],
  after: ["con-mmio-flag"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4K clock 0x1_0000_0904_0000 gate 3 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4K clock 0x904_0000 gate 3 }`,
  },
  *find({ config }) {
    const console = config.system?.debugConsole ?? null;
    const limit = mappableByLinux(config);
    if (console === null || limit === null) return;
    const { address, size, clockReg } = console;
    const end = `; addresses end at ${hex(limit - 1n)}`;
    if (clockReg !== 0n && clockReg + wordSize > limit) {
      yield {
        at: config.spot(console, "clockReg"),
        message: `the clock register of the debug console is at ${hex(clockReg)}${end}`,
        as: "clock",
      };
    }
    if (isMapped(console) && address + size > limit) {
      yield {
        at: config.spot(console, "address"),
        message: `the debug console is at ${hex(address)}${end}`,
        as: config.machine === "arm64" ? "masked" : "console",
      };
    }
  },
});
