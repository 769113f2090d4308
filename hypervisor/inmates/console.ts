import { hypercalls } from "../core/hypercall.js";
import { relax, type Steps } from "../run/program.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import type { CommandLine } from "./command-line.js";
import type { Communication } from "./communication.js";
import { imageData } from "./image.js";

const uartName = "8250";
/** `JAILHOUSE_CON_TYPE_8250`. */
const uartType = 2;
/** `JAILHOUSE_CON_*` of include/jailhouse/console.h. */
const flags = { mmio: 0x1, registersOfFourBytes: 0x2, hasMode: 0x2000 } as const;
const registers = { data: 0, divisorHigh: 1, lineControl: 3, lineStatus: 5, mode: 8 } as const;
const lineControl = { bits8: 0x03, divisor: 0x80 } as const;
const transmitterEmpty = 0x20;
/** The line counts as quiet when it has been so for so many looks. */
const quietLooks = 100;

/** Registers of a serial line, wherever they are. */
interface Line {
  read(register: number): number;
  write(register: number, value: number): void;
}

/** Where an inmate prints to: a serial line, the hypervisor's console, both, or nothing (inmates/lib/printk.c). */
export class InmateConsole {
  private line: Line | null = null;
  private usesHypervisor = false;
  private isKnown = false;

  constructor(
    private readonly cpu: X86Cpu,
    private readonly communication: Communication,
    private readonly commandLine: CommandLine,
  ) {}

  /** @param text with `\n` at the end of each line */
  *print(text: string): Steps {
    if (!this.isKnown) yield* this.find();
    for (const character of text) {
      if (character === "\n") yield* this.put("\r");
      yield* this.put(character);
    }
  }

  private *put(character: string): Steps {
    const code = character.charCodeAt(0);
    if (this.line !== null) {
      while (isBusy(this.line)) yield relax;
      this.line.write(registers.data, code);
    }
    if (this.usesHypervisor) this.cpu.hypercall(hypercalls.debugConsolePutc, code);
  }

  /** By the command line, else by the communication region. The first CPU that prints initializes the line. */
  private *find(): Steps {
    const { cpu } = this;
    this.isKnown = true;
    if (this.communication.mayPutCharacters) {
      this.usesHypervisor = this.commandLine.boolean("con-virtual", this.communication.putsCharacters);
    }
    const { type, address, divider, flags: given } = this.communication.console;
    const name = this.commandLine.string("con-type", "");
    if (name !== uartName && !(name === "" && type === uartType)) return;
    const base = this.commandLine.integer("con-base", address);
    const ownDivider = this.commandLine.integer("con-divider", divider);
    const isMmio = this.commandLine.boolean("con-is-mmio", (given & flags.mmio) !== 0);
    const isDense =
      isMmio && this.commandLine.boolean("con-regdist-1", (given & flags.registersOfFourBytes) === 0);
    this.line = isMmio ? memoryLine(cpu, base, isDense) : portLine(cpu, base);
    if (cpu.read32(imageData.consoleReady) !== 0) return;
    cpu.write32(imageData.consoleReady, 1);
    if (ownDivider !== 0) setDivider(this.line, ownDivider, (given & flags.hasMode) !== 0);
    else yield* waitUntilQuiet(this.line);
  }
}

function isBusy(line: Line): boolean {
  return (line.read(registers.lineStatus) & transmitterEmpty) === 0;
}

function setDivider(line: Line, divider: number, hasMode: boolean): void {
  line.write(registers.lineControl, lineControl.divisor);
  line.write(registers.data, divider);
  line.write(registers.divisorHigh, 0);
  line.write(registers.lineControl, lineControl.bits8);
  if (hasMode) line.write(registers.mode, 0);
}

/** The hypervisor may be in the middle of a line of its own. */
function* waitUntilQuiet(line: Line): Steps {
  for (let looks = 0; looks < quietLooks; looks++) {
    if (!isBusy(line)) continue;
    looks = -1;
    yield relax;
  }
}

function portLine(cpu: X86Cpu, base: number): Line {
  return {
    read: (register) => cpu.in8(base + register),
    write: (register, value) => cpu.out8(base + register, value & 0xff),
  };
}

function memoryLine(cpu: X86Cpu, base: number, isDense: boolean): Line {
  if (isDense) {
    return {
      read: (register) => cpu.read8(base + register),
      write: (register, value) => cpu.write8(base + register, value),
    };
  }
  return {
    read: (register) => cpu.read32(base + 4 * register),
    write: (register, value) => cpu.write32(base + 4 * register, value),
  };
}
