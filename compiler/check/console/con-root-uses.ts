import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import {
  type ConsoleRegisters,
  hasConsole,
  isScreen,
  registersOf,
  registersText,
} from "../facts/console-registers.js";

export const conRootUses = defineRule({
  id: "con-root-uses",
  family: "console",
  title: "Console taken from the root cell",
  severity: "warning",
  otherwise: "info where the root cell does not name it as its console",
  scope: "root",
  machines: ["x86", "arm", "arm64"],
  statement: "The root cell cannot reach the console that a cell takes from it.",
  explanation:
    "Ports and memory of a cell are taken from the root cell when it is created, except memory with `JAILHOUSE_MEM_ROOTSHARED`. Linux does not know of that: a driver or a console of the kernel that has the UART goes on using it. The config tells that only where the root cell names it as its console; otherwise this is a note.",
  consequences: {
    ports: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PIO %s, port: %x size: %d"],
      text: "The cell is created. When Linux next accesses the UART, to print or to poll it, the CPU that does so is stopped.",
    },
    memory: {
      step: "run",
      outcome: "parked",
      text: "The cell is created. When Linux next accesses the UART, to print or to poll it, the CPU that does so is stopped.",
    },
  },
  help: "let Linux use another console and unbind its driver from this one, or do not grant it to the root cell",
  sources: ["hypervisor/arch/x86/vcpu.c:130", "hypervisor/control.c:528"],
  after: ["con-not-granted"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x2f8; ioports 0x2f8-0x2ff }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); console 8250 pio at 0x3e8; ioports 0x3e8-0x3ef }`,
  },
  *find({ cell, system }) {
    const { console } = cell.cell;
    if (!hasConsole(console) || isScreen(console)) return;
    const registers = registersOf(console);
    if (!isTaken(registers, cell, system)) return;
    yield {
      at: cell.spot(console, "address"),
      message: `${cell.title} takes its console at ${registersText(registers)} from ${system.title}`,
      as: registers.kind,
      // Whether Linux uses it is known where the root cell names it as its console.
      ...(isConsoleOf(system, registers) ? {} : { severity: "info" }),
    };
  },
});

function isConsoleOf(system: CheckedConfig, registers: ConsoleRegisters): boolean {
  const own = system.cell.console;
  if (!hasConsole(own) || isScreen(own)) return false;
  return registersText(registersOf(own)) === registersText(registers);
}

function isTaken(registers: ConsoleRegisters, cell: CheckedConfig, system: CheckedConfig): boolean {
  if (registers.kind === "ports") {
    const { start, end } = registers.ports;
    return system.ports.some((ports) => ports.start < end && start < ports.end);
  }
  const region = cell.byVirtual.first(registers.range)?.region;
  if (region === undefined || region.rootShared) return false;
  const start = region.phys.start + (registers.range.start - region.virt.start);
  return system.byPhysical.first({ start, end: start + 1n }) !== undefined;
}
