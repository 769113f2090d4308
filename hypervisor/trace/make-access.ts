import type { GuestCpu } from "../run/guest-cpu.js";
import { X86Cpu } from "../x86/x86-cpu.js";
import type { Access, Outcome, Width } from "./trace.js";

type SmallWidth = 1 | 2 | 4;

/** What accesses need of the machine. */
export interface AccessSurroundings {
  /** Where configuration spaces are in memory, below 2^53; null where they are not. */
  readonly configBase: number | null;
  /** Whether an interrupt for a CPU gets there while something is done. @param cpu as Linux numbers it */
  arrives(cpu: number, interrupt: number, action: (hardwareId: number) => void): boolean;
}

/** Configuration spaces of a function, and of as much of it as ports can name. */
const configSpace = { size: 0x1000, byPorts: 0x100 } as const;
/** An SGI has four bits. */
const sgis = 16;

/**
 * Makes an access on the CPU whose program this is.
 *
 * @returns `denied` where that is no more than an answer; what parks the CPU is thrown through the program
 */
export function makeAccess(cpu: GuestCpu, access: Access, around: AccessSurroundings): Outcome {
  switch (access.kind) {
    case "read":
      return answer(readMemory(cpu, access.address, access.width));
    case "write":
      writeMemory(cpu, access.address, access.width, access.value);
      return { kind: "ok" };
    case "execute":
      cpu.fetch(access.address);
      return { kind: "ok" };
    case "in":
      return cpu instanceof X86Cpu ? answer(readPort(cpu, access.port, access.width)) : { kind: "denied" };
    case "out":
      if (!(cpu instanceof X86Cpu)) return { kind: "denied" };
      writePort(cpu, access.port, access.width, Number(access.value));
      return { kind: "ok" };
    case "pci-read":
      return readConfig(cpu, access, around);
    case "pci-write":
      return writeConfig(cpu, access, around);
    case "hypercall":
      return answer(cpu.hypercall(access.code, access.first, access.second));
    case "ipi": {
      const interrupt = cpu instanceof X86Cpu ? access.vector : access.vector % sgis;
      const isThere = around.arrives(access.cpu, interrupt, (id) => cpu.ipi(id, interrupt));
      return { kind: isThere ? "ok" : "denied" };
    }
  }
}

function answer(value: bigint | number): Outcome {
  return { kind: "value", value: BigInt(value) };
}

function readMemory(cpu: GuestCpu, address: number, width: Width): bigint | number {
  switch (width) {
    case 1:
      return cpu.read8(address);
    case 2:
      return cpu.read16(address);
    case 4:
      return cpu.read32(address);
    case 8:
      return cpu.read64(address);
  }
}

function writeMemory(cpu: GuestCpu, address: number, width: Width, value: bigint): void {
  switch (width) {
    case 1:
      cpu.write8(address, Number(value));
      break;
    case 2:
      cpu.write16(address, Number(value));
      break;
    case 4:
      cpu.write32(address, Number(value));
      break;
    case 8:
      cpu.write64(address, value);
      break;
  }
}

function readPort(cpu: X86Cpu, port: number, width: SmallWidth): number {
  return width === 1 ? cpu.in8(port) : width === 2 ? cpu.in16(port) : cpu.in32(port);
}

function writePort(cpu: X86Cpu, port: number, width: SmallWidth, value: number): void {
  if (width === 1) cpu.out8(port, value);
  else if (width === 2) cpu.out16(port, value);
  else cpu.out32(port, value);
}

type ConfigAccess = Extract<Access, { readonly kind: "pci-read" | "pci-write" }>;

/** Through ports where they reach it, as programs of x86 do; else through memory. */
function readConfig(
  cpu: GuestCpu,
  { bdf, offset, width }: ConfigAccess,
  { configBase }: AccessSurroundings,
): Outcome {
  if (cpu instanceof X86Cpu && offset < configSpace.byPorts) return answer(cpu.pciRead(bdf, offset, width));
  if (configBase === null) return { kind: "denied" };
  return answer(readMemory(cpu, configBase + bdf * configSpace.size + offset, width));
}

function writeConfig(
  cpu: GuestCpu,
  { bdf, offset, width, value }: Extract<Access, { readonly kind: "pci-write" }>,
  { configBase }: AccessSurroundings,
): Outcome {
  if (cpu instanceof X86Cpu && offset < configSpace.byPorts) cpu.pciWrite(bdf, offset, width, Number(value));
  else if (configBase === null) return { kind: "denied" };
  else writeMemory(cpu, configBase + bdf * configSpace.size + offset, width, value);
  return { kind: "ok" };
}

/** Whether what happened is what a line asks for; any value is `ok`. */
export function isExpected(happened: Outcome, expected: Outcome): boolean {
  switch (expected.kind) {
    case "ok":
      return happened.kind !== "denied";
    case "denied":
      return happened.kind === "denied";
    case "value":
      return happened.kind === "value" && happened.value === expected.value;
  }
}
