import { defineRule } from "../define-rule.js";
import { consoleTypeText, hasDriver, isMapped } from "../facts/console-registers.js";
import { hex } from "../words.js";

export const conMmioFlag = defineRule({
  id: "con-mmio-flag",
  family: "console",
  title: "Debug console that is not mapped",
  severity: "error",
  scope: "config",
  only: "system",
  machines: ["x86", "arm", "arm64"],
  statement:
    "The debug console on ARM, and a frame buffer on x86, is accessed as memory; one that is has a size.",
  explanation:
    "The hypervisor maps the debug console where its flags say `JAILHOUSE_CON_ACCESS_MMIO`, as many bytes as its size says. Drivers for ARM start only then; that for the frame buffer starts anyway.",
  consequences: {
    silent: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains, and nothing of what the hypervisor prints is seen on the console.",
    },
    fault: {
      step: "enable",
      outcome: "crash",
      text: "The hypervisor faults when it prints its first line.",
    },
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Unable to map hypervisor debug console at %08lx"],
      text: "Linux maps nothing of no size.",
    },
    lost: {
      step: "enable",
      outcome: "crash",
      text: "The hypervisor faults when it has switched to its own page tables, in which the console is missing, and prints the next line.",
    },
  },
  help: "say mmio or mmio32 and the size of the registers",
  sources: [
    "hypervisor/arch/arm-common/dbg-write.c:24",
    "hypervisor/arch/x86/efifb.c:53",
    "driver/main.c:555",
    "hypervisor/paging.c:697",
  ],
  after: ["con-type"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 pio at 0x900_0000 size 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); console pl011 mmio32 at 0x900_0000 size 4K }`,
  },
  *find({ config }) {
    const { machine } = config;
    const console = config.system?.debugConsole ?? null;
    if (!hasDriver(console, machine)) return;
    const name = `the debug console ${consoleTypeText(console)} at ${hex(console.address)}`;
    if (!isMapped(console)) {
      const isFrameBuffer = console.type === "JAILHOUSE_CON_TYPE_EFIFB";
      if (machine === "x86" && !isFrameBuffer) return;
      yield {
        at: config.spot(console, "flags"),
        message: `${name} is not accessed as memory`,
        as: isFrameBuffer ? "fault" : "silent",
      };
    } else if (console.size === 0n) {
      yield {
        at: config.spot(console, "size"),
        message: `${name} has no size`,
        as: machine === "arm64" ? "lost" : "refused",
      };
    }
  },
});
