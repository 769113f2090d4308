import type { Console } from "../../ir/console.js";
import { hasFlag } from "../../ir/names.js";
import { registerDistance4 } from "../../ir/revision-facts.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { consoleTypeText, hasConsole, isMapped, isScreen } from "../facts/console-registers.js";
import { hex } from "../words.js";

const lastPort = 0xffffn;

export const conFlags = defineRule({
  id: "con-flags",
  family: "console",
  title: "Console whose type and flags do not fit",
  severity: "warning",
  scope: "config",
  machines: ["x86", "arm", "arm64"],
  statement: "The flags of a console are ones that its type has.",
  explanation:
    "Only the 8250 can be accessed by ports, and only on x86, where ports go up to 0xffff and have no distance. The size of the picture belongs to the frame buffer, the MDR quirk to the 8250, and the clock gate to a clock register.",
  consequences: {
    ignored: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The flag is passed over, or the console is looked for at a place where it is not.",
    },
  },
  help: "leave the flag out, or state the type that the console has",
  sources: [
    "include/jailhouse/console.h:56",
    "hypervisor/uart-8250.c:48",
    "driver/main.c:534",
    "inmates/lib/uart-8250.c:71",
  ],
  after: ["fmt-arch-cell", "con-type", "con-mmio-flag"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x3e8 { flags = JAILHOUSE_CON_REGDIST_4 }; ioports 0x3e8-0x3ef }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x3e8; ioports 0x3e8-0x3ef }`,
  },
  *find({ config }) {
    for (const console of [config.system?.debugConsole ?? null, config.cell.console]) {
      if (!hasConsole(console)) continue;
      for (const message of mistakesOf(console, config))
        yield { at: config.spot(console, "flags"), message: `the console ${message}` };
    }
  },
});

function* mistakesOf(console: Console, { isArm }: CheckedConfig): Generator<string, void> {
  const { flags, type, address, clockReg } = console;
  const name = consoleTypeText(console);
  const is8250 = type === "JAILHOUSE_CON_TYPE_8250";
  if (!isMapped(console) && !isScreen(console)) {
    if (isArm) yield `${name} is accessed by ports, which ARM machines do not have`;
    else if (!is8250 && type !== "JAILHOUSE_CON_TYPE_UART_X86")
      yield `${name} is accessed by ports, which only the 8250 has`;
    else if (address > lastPort)
      yield `${name} is accessed by ports, and its address ${hex(address)} is none`;
    if (hasFlag(flags, registerDistance4)) yield `${name} is accessed by ports, which have no distance`;
  }
  if (hasFlag(flags, "JAILHOUSE_CON_FB_1920x1080") && type !== "JAILHOUSE_CON_TYPE_EFIFB")
    yield `${name} has the size of a frame buffer`;
  if (hasFlag(flags, "JAILHOUSE_CON_MDR_QUIRK") && !is8250) yield `${name} has the MDR quirk of an 8250`;
  if (hasFlag(flags, "JAILHOUSE_CON_INVERTED_GATE") && clockReg === 0n)
    yield `${name} has an inverted clock gate, but no clock register`;
}
