import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import { relax, type Steps } from "../run/program.js";
import type { CommandLine } from "./command-line.js";
import type { ConsoleFacts } from "./communication.js";
import { type Line, line8250, memoryRegisters, type SerialChip } from "./serial-chip.js";

/** `JAILHOUSE_CON_*` of include/jailhouse/console.h. */
const flags = { registersOfFourBytes: 0x2, invertedGate: 0x1000, hasMode: 0x2000 } as const;

type Opened = (cpu: ArmGuestCpu, base: number) => Line;

/** The kinds of serial lines that inmates know on ARM, in the order in which they look (inmates/lib/arm-common/uart.c). */
export function armChips(cpu: ArmGuestCpu, commandLine: CommandLine): readonly SerialChip[] {
  const chip8250: SerialChip = {
    name: "8250",
    type: 2,
    open: ({ base, facts }) => {
      const isDense = switchClockOn(cpu, commandLine, facts);
      return line8250(memoryRegisters(cpu, base, isDense), (facts.flags & flags.hasMode) !== 0);
    },
  };
  const others = simpleChips.map(([name, type, opened]) => ({
    name,
    type,
    open: ({ base, facts }: { readonly base: number; readonly facts: ConsoleFacts }): Line => {
      switchClockOn(cpu, commandLine, facts);
      return opened(cpu, base);
    },
  }));
  return [chip8250, ...others];
}

/** Lets the chip have its clock, where it has a gate (inmates/lib/arm-common/printk.c). @returns whether registers are bytes */
function switchClockOn(cpu: ArmGuestCpu, commandLine: CommandLine, facts: ConsoleFacts): boolean {
  const gate = commandLine.integer("con-gate-nr", facts.gateNumber);
  const isInverted = commandLine.boolean("con-gate-inverted", (facts.flags & flags.invertedGate) !== 0);
  const register = commandLine.integer("con-clock-reg", facts.clockRegister);
  const isDense = commandLine.boolean("con-regdist-1", (facts.flags & flags.registersOfFourBytes) === 0);
  if (register !== 0) {
    const gates = cpu.read32(register);
    const bit = 1 << (gate & 31);
    cpu.write32(register, (isInverted ? gates & ~bit : gates | bit) >>> 0);
  }
  return isDense;
}

/** An operating system has set these chips up. */
function* nothing(): Steps {}

const simpleChips: readonly (readonly [string, number, Opened])[] = [
  ["HSCIF", 6, hscif],
  ["IMX", 8, imx],
  ["IMX-LPUART", 9, lpuart],
  ["MVEBU", 5, mvebu],
  ["PL011", 3, pl011],
  ["SCIF", 10, scif],
  ["SCIFA", 7, scifa],
  ["XUARTPS", 4, xuartps],
];

const fifo = { hasRoom: 0x20, isEmpty: 0x40, all: 0x60 } as const;
const transmit = { receiver: 0x10, transmitter: 0x20 } as const;

function hscif(cpu: ArmGuestCpu, base: number): Line {
  const [rate, control, data, status, trigger] = [0x04, 0x08, 0x0c, 0x10, 0x58].map((each) => base + each);
  return {
    // biome-ignore lint/correctness/useYield: there is nothing to wait for
    *init(divider): Steps {
      const before = cpu.read16(control!);
      cpu.write16(control!, before & ~(transmit.transmitter | transmit.receiver));
      cpu.write8(rate!, divider & 0xff);
      cpu.write16(trigger!, 64);
      cpu.write16(control!, before | transmit.transmitter);
    },
    isBusy: () => (cpu.read16(status!) & fifo.hasRoom) === 0,
    write: (character) => {
      cpu.write8(data!, character);
      cpu.write16(status!, cpu.read16(status!) & ~fifo.all & 0xffff);
    },
  };
}

function scifa(cpu: ArmGuestCpu, base: number): Line {
  const [rate, control, status, fifoControl, data] = [0x04, 0x08, 0x14, 0x18, 0x20].map(
    (each) => base + each,
  );
  return {
    // biome-ignore lint/correctness/useYield: there is nothing to wait for
    *init(divider): Steps {
      const before = cpu.read16(control!);
      cpu.write16(control!, before & ~(transmit.transmitter | transmit.receiver));
      cpu.write8(rate!, divider & 0xff);
      cpu.write16(fifoControl!, 0);
      cpu.write16(control!, before | transmit.transmitter);
    },
    isBusy: () => (cpu.read16(status!) & fifo.hasRoom) === 0,
    write: (character) => {
      cpu.write8(data!, character);
      cpu.write16(status!, cpu.read16(status!) & ~fifo.all & 0xffff);
    },
  };
}

function scif(cpu: ArmGuestCpu, base: number): Line {
  const [data, status] = [base + 0x0c, base + 0x10];
  return {
    init: nothing,
    isBusy: () => (cpu.read16(status) & fifo.all) === 0,
    write: (character) => {
      cpu.write8(data, character);
      cpu.write16(status, cpu.read16(status) & ~fifo.all & 0xffff);
    },
  };
}

function imx(cpu: ArmGuestCpu, base: number): Line {
  const [data, control, status] = [base + 0x40, base + 0x80, base + 0xb4];
  return {
    init: nothing,
    isBusy: () => (cpu.read32(status) & 0x40) === 0,
    write: (character) => {
      if ((cpu.read32(control) & 1) !== 0) cpu.write32(data, character);
    },
  };
}

function lpuart(cpu: ArmGuestCpu, base: number): Line {
  return {
    init: nothing,
    isBusy: () => (cpu.read32(base + 0x14) & 0x80_0000) === 0,
    write: (character) => cpu.write32(base + 0x1c, character),
  };
}

function mvebu(cpu: ArmGuestCpu, base: number): Line {
  return {
    init: nothing,
    isBusy: () => (cpu.read32(base + 0x0c) & 0x800) !== 0,
    write: (character) => cpu.write32(base + 0x04, character),
  };
}

function xuartps(cpu: ArmGuestCpu, base: number): Line {
  return {
    init: nothing,
    isBusy: () => (cpu.read32(base + 0x2c) & 0x8) === 0,
    write: (character) => cpu.write32(base + 0x30, character),
  };
}

const pl011Flags = { busy: 0x08, full: 0x20 } as const;
/** Enabled with its transmitter, and both outputs. */
const pl011Control = 0x3101;

function pl011(cpu: ArmGuestCpu, base: number): Line {
  const [data, state, rate, lineControl, control] = [0x00, 0x18, 0x24, 0x2c, 0x30].map((each) => base + each);
  return {
    *init(divider): Steps {
      cpu.write16(control!, 0);
      while ((cpu.read8(state!) & pl011Flags.busy) !== 0) yield relax;
      cpu.write16(rate!, divider & 0xffff);
      cpu.write8(lineControl!, 0x60);
      cpu.write16(control!, pl011Control);
    },
    isBusy: () => (cpu.read32(state!) & (pl011Flags.busy | pl011Flags.full)) !== 0,
    write: (character) => cpu.write32(data!, character),
  };
}
