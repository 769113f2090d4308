import type { HypervisorCpu } from "../core/cpu.js";

/** Registers of a CPU, as the hypervisor prints them when the CPU has left its bounds. */
export interface X86Registers {
  readonly rip: bigint;
  readonly rsp: bigint;
  readonly flags: bigint;
  readonly rax: bigint;
  readonly rbx: bigint;
  readonly rcx: bigint;
  readonly rdx: bigint;
  readonly rsi: bigint;
  readonly rdi: bigint;
  readonly cs: number;
  readonly csBase: bigint;
  readonly csAccess: number;
  readonly isLongMode: boolean;
  readonly cr0: bigint;
  readonly cr3: bigint;
  readonly cr4: bigint;
  readonly efer: bigint;
}

/** Of a CPU whose program has no registers: what they are after a reset (Intel SDM 3A, table 10-1; its own flags apart). */
export const noRegisters: X86Registers = {
  rip: 0n,
  rsp: 0n,
  flags: 2n,
  rax: 0n,
  rbx: 0n,
  rcx: 0n,
  rdx: 0n,
  rsi: 0n,
  rdi: 0n,
  cs: 0,
  csBase: 0n,
  csAccess: 0x9b,
  isLongMode: false,
  cr0: 0x10n,
  cr3: 0n,
  cr4: 0n,
  efer: 0n,
};

/** Where the registers of CPUs are looked up. */
export type RegisterSource = (cpu: HypervisorCpu) => X86Registers;

/** The text of the dump (hypervisor/arch/x86/vmx.c:1107, svm.c:827). */
export function registerDump(registers: X86Registers): string {
  const { rip, rsp, flags, rax, rbx, rcx, rdx, rsi, rdi } = registers;
  const { cs, csBase, csAccess, isLongMode, cr0, cr3, cr4, efer } = registers;
  return [
    `RIP: ${long(rip)} RSP: ${long(rsp)} FLAGS: ${flags.toString(16)}\n`,
    `RAX: ${long(rax)} RBX: ${long(rbx)} RCX: ${long(rcx)}\n`,
    `RDX: ${long(rdx)} RSI: ${long(rsi)} RDI: ${long(rdi)}\n`,
    `CS: ${cs.toString(16)} BASE: ${long(csBase)} AR-BYTES: ${csAccess.toString(16)} EFER.LMA ${Number(isLongMode)}\n`,
    `CR0: ${long(cr0)} CR3: ${long(cr3)} CR4: ${long(cr4)}\n`,
    `EFER: ${long(efer)}\n`,
  ].join("");
}

function long(value: bigint): string {
  return `0x${value.toString(16).padStart(16, "0")}`;
}
