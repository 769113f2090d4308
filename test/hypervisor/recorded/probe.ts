import type { Inmate } from "../../../hypervisor/inmates/inmate.js";
import { inmateProgram } from "../../../hypervisor/inmates/inmate.js";
import type { Steps } from "../../../hypervisor/run/program.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";

const commRegion = 0x10_0000;

interface Parameters {
  readonly op: string;
  readonly addr: bigint;
  readonly val: bigint;
  readonly width: number;
  readonly bdf: number;
  readonly arg: number;
}

/** The inmate of the recorded runs: it makes the one access that its command line says, and tells that it is still there. */
export const probe = inmateProgram(function* (inmate: Inmate): Steps {
  const { commandLine, communication, cpu } = inmate;
  const number = (name: string, otherwise: string): bigint => {
    const text = commandLine.string(name, otherwise);
    return BigInt.asUintN(64, text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text));
  };
  const parameters: Parameters = {
    op: commandLine.string("op", "none"),
    addr: number("addr", "0"),
    val: number("val", "0"),
    width: Number(number("width", "4")),
    bdf: Number(number("bdf", "0")),
    arg: Number(number("arg", "0")),
  };
  const { op, addr, val, width } = parameters;
  const state = commandLine.integer("state", 0);
  if (state !== 0) communication.state = state;
  yield* inmate.print(`probe: op=${op} addr=0x${hex(addr)} val=0x${hex(val)} width=${width}\n`);
  const told: string[] = [];
  const result = accessOf(cpu, parameters, told);
  for (const line of told) yield* inmate.print(`probe: ${line}\n`);
  yield* inmate.print(`probe: survived, result=0x${hex(result)}\n`);
});

/** @returns what it read, or 0. @param told what it tells besides */
function accessOf(cpu: X86Cpu, { op, addr, val, width, bdf, arg }: Parameters, told: string[]): bigint {
  const address = Number(addr);
  switch (op) {
    case "none":
      return 0n;
    case "info":
      told.push(infoOf(cpu));
      return 0n;
    case "read":
      return readMemory(cpu, address, width);
    case "write":
      writeMemory(cpu, address, width, val);
      return 0n;
    case "in":
      return BigInt(width === 1 ? cpu.in8(address) : width === 2 ? cpu.in16(address) : cpu.in32(address));
    case "out":
      cpu.out8(address, Number(val));
      return 0n;
    case "pcir":
      return BigInt(cpu.pciRead(bdf, address, 4));
    case "call": {
      const result = cpu.hypercall(Number(BigInt.asUintN(32, val)), bdf, arg);
      told.push(`call ${BigInt.asIntN(32, val)} -> ${result}`);
      return BigInt.asUintN(32, BigInt(result));
    }
    case "rdmsr":
      return cpu.readMsr(address);
    case "wrmsr":
      cpu.writeMsr(address, val);
      return 0n;
    case "cpuid": {
      const { eax, ebx, ecx, edx } = cpu.cpuid(address);
      told.push(`cpuid ${[eax, ebx, ecx, edx].map(hex).join(" ")}`);
      return 0n;
    }
    case "xsetbv":
      cpu.control.writeXcr(address, 0, Number(val));
      return 0n;
    default:
      return failingInstruction(cpu, op, address);
  }
}

/** Instructions that the hypervisor does not decode: the bytes that it has looked at are those of the recorded program. */
function failingInstruction(cpu: X86Cpu, op: string, address: number): never {
  switch (op) {
    case "add":
      return cpu.failInstruction(address, [0x83]);
    case "exec":
      return cpu.failInstruction(address, address === commRegion + 0x800 ? [0] : null);
    case "tf":
      return cpu.failInstruction(0x1f_fff0, [0x0f, 0x01]);
    default:
      throw new Error(`an access that is not played: ${op}`);
  }
}

function readMemory(cpu: X86Cpu, address: number, width: number): bigint {
  if (width === 8) return cpu.read64(address);
  return BigInt(width === 1 ? cpu.read8(address) : cpu.read32(address));
}

function writeMemory(cpu: X86Cpu, address: number, width: number, value: bigint): void {
  if (width === 1) cpu.write8(address, Number(value));
  else cpu.write32(address, Number(value));
}

function infoOf(cpu: X86Cpu): string {
  const word = (place: number): number => cpu.read32(commRegion + place);
  const half = (place: number): number => cpu.read16(commRegion + place);
  return [
    `rev=${half(6)} state=${word(8)} flags=0x${hex(word(20))}`,
    `con=0x${hex(word(24))} type=${half(36)} cflags=0x${hex(half(38))} pcimm=0x${hex(word(56))}`,
    `pmtimer=0x${hex(half(64))} cpus=${half(66)} tsc=${word(68)} apic=${word(72)}`,
  ].join(" ");
}

function hex(value: number | bigint): string {
  return value.toString(16);
}
