import type { GuestCpu } from "../run/guest-cpu.js";
import type { Steps } from "../run/program.js";
import type { ConsoleFacts } from "./communication.js";

/** What is known of a serial line before it is used: from the command line, or else from the communication region. */
export interface LineChoice {
  readonly base: number;
  /** 0: the line is as the hypervisor has set it. */
  readonly divider: number;
  readonly facts: ConsoleFacts;
}

/** A serial line as an inmate uses it. */
export interface Line {
  /** Sets its speed, where it is given one. */
  init(divider: number): Steps;
  isBusy(): boolean;
  write(character: number): void;
}

/** A kind of serial line that an inmate knows. */
export interface SerialChip {
  /** As the parameter `con-type` has it. */
  readonly name: string;
  /** `JAILHOUSE_CON_TYPE_*`. */
  readonly type: number;
  open(choice: LineChoice): Line;
}

const registers = { data: 0, divisorHigh: 1, lineControl: 3, lineStatus: 5, mode: 8 } as const;
const lineControl = { bits8: 0x03, divisor: 0x80 } as const;
const transmitterEmpty = 0x20;

/** Registers of an 8250, wherever they are. */
export interface Registers8250 {
  read(register: number): number;
  write(register: number, value: number): void;
}

/** Bytes next to each other, or words. */
export function memoryRegisters(
  cpu: Pick<GuestCpu, "read8" | "read32" | "write8" | "write32">,
  base: number,
  isDense: boolean,
): Registers8250 {
  if (isDense) {
    return {
      read: (register) => cpu.read8(base + register),
      write: (register, value) => cpu.write8(base + register, value & 0xff),
    };
  }
  return {
    read: (register) => cpu.read32(base + 4 * register),
    write: (register, value) => cpu.write32(base + 4 * register, value >>> 0),
  };
}

/** @param hasMode its mode register has to be cleared, too (inmates/lib/uart-8250.c) */
export function line8250({ read, write }: Registers8250, hasMode: boolean): Line {
  return {
    // biome-ignore lint/correctness/useYield: there is nothing to wait for, as there is for other chips
    *init(divider): Steps {
      write(registers.lineControl, lineControl.divisor);
      write(registers.data, divider);
      write(registers.divisorHigh, 0);
      write(registers.lineControl, lineControl.bits8);
      if (hasMode) write(registers.mode, 0);
    },
    isBusy: () => (read(registers.lineStatus) & transmitterEmpty) === 0,
    write: (character) => write(registers.data, character),
  };
}
