import { apicRegisters } from "../machine/local-apic.js";

const all = 0xffff_ffff;
const sensors = 0xfffe_e800;

/** Bits that a cell may not set in a register; registers that are not here may not be written (hypervisor/arch/x86/apic.c:37-66). */
const reservedBits: ReadonlyMap<number, number> = new Map([
  [apicRegisters.taskPriority, 0xffff_ff00],
  [apicRegisters.endOfInterrupt, 0],
  [apicRegisters.spurious, 0xffff_fc00],
  [apicRegisters.lvtCmci, sensors],
  [apicRegisters.command, 0xfff3_3000],
  [apicRegisters.lvtTimer, 0xfff8_ef00],
  [0x33, sensors],
  [0x34, sensors],
  [0x35, 0xfff0_e800],
  [0x36, 0xfff0_e800],
  [apicRegisters.lvtError, 0xfffe_ef00],
  [apicRegisters.initialCount, 0],
  [apicRegisters.divide, 0xffff_fff4],
  [apicRegisters.selfIpi, 0xffff_ff00],
]);

/** Differences without x2APIC: what is filtered elsewhere may be written, and there is no register for IPIs to oneself. */
const withoutX2apic: ReadonlyMap<number, number> = new Map([
  [apicRegisters.id, 0],
  [apicRegisters.logicalDestination, 0],
  [apicRegisters.destinationFormat, 0],
  [apicRegisters.commandHigh, 0x00ff_ffff],
  [apicRegisters.selfIpi, all],
]);

/** Entries of the local vector table that processors of AMD have besides (apic.c:170). */
const extended = { first: 0x50, last: 0x53, reserved: 0xfffe_f800 } as const;
const lastRegister = extended.last;

const masked = 0x1_0000;
const deliveryMode = 0x700;
const deliveryModes = { fixed: 0, nmi: 0x400 } as const;

/** What is wrong with a value for a register: a line of the console without its end; null if nothing is. */
export function wrongBits(register: number, value: number, usesX2apic: boolean): string | null | "unknown" {
  if (register > lastRegister) return "unknown";
  if ((bitsOf(register, usesX2apic) & value) === 0) return null;
  return `FATAL: Trying to set reserved APIC bits (reg ${hex(register, 2)}, value ${hex(value, 8)})`;
}

function bitsOf(register: number, usesX2apic: boolean): number {
  if (register >= extended.first && register <= extended.last) return extended.reserved;
  const changed = usesX2apic ? undefined : withoutX2apic.get(register);
  return changed ?? reservedBits.get(register) ?? all;
}

export function isVectorEntry(register: number): boolean {
  return register >= apicRegisters.lvtCmci && register <= apicRegisters.lvtError;
}

export function isExtendedEntry(register: number): boolean {
  return register >= extended.first && register <= extended.last;
}

/** Only interrupts and NMIs may come from an entry that is not masked (apic.c:492). */
export function wrongDelivery(register: number, value: number): string | null {
  const mode = value & deliveryMode;
  if ((value & masked) !== 0 || mode === deliveryModes.fixed || mode === deliveryModes.nmi) return null;
  return `FATAL: Setting invalid LVT delivery mode (reg ${hex(register, 2)}, value ${hex(value, 8)})`;
}

function hex(value: number, width: number): string {
  return (value >>> 0).toString(16).padStart(width, "0");
}
