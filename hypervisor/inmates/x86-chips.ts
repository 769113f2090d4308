import type { X86Cpu } from "../x86/x86-cpu.js";
import type { CommandLine } from "./command-line.js";
import { line8250, memoryRegisters, type Registers8250, type SerialChip } from "./serial-chip.js";

/** `JAILHOUSE_CON_*` of include/jailhouse/console.h. */
const flags = { mmio: 0x1, registersOfFourBytes: 0x2, hasMode: 0x2000 } as const;

/** The one kind of serial line that inmates know on x86, at ports or in memory (inmates/lib/x86/uart.c, printk.c). */
export function x86Chips(cpu: X86Cpu, commandLine: CommandLine): readonly SerialChip[] {
  return [
    {
      name: "8250",
      type: 2,
      open: ({ base, facts: { flags: given } }) => {
        const isMmio = commandLine.boolean("con-is-mmio", (given & flags.mmio) !== 0);
        const isDense =
          isMmio && commandLine.boolean("con-regdist-1", (given & flags.registersOfFourBytes) === 0);
        const registers = isMmio ? memoryRegisters(cpu, base, isDense) : portRegisters(cpu, base);
        return line8250(registers, (given & flags.hasMode) !== 0);
      },
    },
  ];
}

function portRegisters(cpu: X86Cpu, base: number): Registers8250 {
  return {
    read: (register) => cpu.in8(base + register),
    write: (register, value) => cpu.out8(base + register, value & 0xff),
  };
}
