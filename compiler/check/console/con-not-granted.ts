import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import {
  type ConsoleRegisters,
  hasConsole,
  isScreen,
  registersOf,
  registersText,
} from "../facts/console-registers.js";

export const conNotGranted = defineRule({
  id: "con-not-granted",
  family: "console",
  title: "Console that the cell cannot reach",
  severity: "warning",
  scope: "config",
  only: "cell",
  machines: ["x86", "arm", "arm64"],
  statement: "A cell is granted the ports or the memory of its console.",
  explanation:
    "`console` tells the program in the cell where its console is, and grants nothing: the ports have to stand in its list of ports, the registers in its memory regions, for reading and writing.",
  consequences: {
    ports: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PIO %s, port: %x size: %d"],
      text: "Ports that are not granted stop the CPU as soon as the program prints its first character.",
    },
    x86: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016lx size: %d"],
      text: "Memory that is not granted stops the CPU as soon as the program prints its first character.",
    },
    arm: {
      step: "run",
      outcome: "parked",
      prints: ["Unhandled data %s at 0x%lx(%d)", "FATAL: unhandled trap (exception class 0x%02x)"],
      text: "An abort that nobody handles stops the CPU as soon as the program prints its first character.",
    },
  },
  help: "grant the registers of the console to the cell, or set the type of its console to none",
  sources: ["inmates/lib/printk.c:79", "hypervisor/arch/x86/vcpu.c:247"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x3e8 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x3e8; ioports 0x3e8-0x3ef }`,
  },
  *find({ config }) {
    const { console } = config.cell;
    if (!hasConsole(console) || isScreen(console)) return;
    const registers = registersOf(console);
    if (isReachable(registers, config)) return;
    yield {
      at: config.spot(console, "address"),
      message: `the console of ${config.title} is at ${registersText(registers)}, which the cell is not granted`,
      as: keyOf(registers, config),
    };
  },
});

function keyOf({ kind }: ConsoleRegisters, { isArm }: CheckedConfig): "ports" | "x86" | "arm" {
  if (isArm) return "arm";
  return kind === "ports" ? "ports" : "x86";
}

function isReachable(registers: ConsoleRegisters, config: CheckedConfig): boolean {
  if (registers.kind === "ports") {
    const { start, end } = registers.ports;
    return config.ports.some((ports) => ports.start <= start && end <= ports.end);
  }
  for (const { region } of config.byVirtual.overlapping(registers.range))
    if (region.read && region.write && region.virt.start <= registers.range.start) return true;
  return false;
}
