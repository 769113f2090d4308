/** What a CPU shows of itself when a trap is told. */
export interface ArmRegisters {
  readonly pc: bigint;
  /** x0 to x30, or r0 to r14. */
  readonly general: readonly bigint[];
  readonly sp: bigint;
  readonly elr: bigint;
  /** SPSR, or CPSR in 32 bits. */
  readonly status: bigint;
  /** ESR, or HSR in 32 bits: what has happened. */
  readonly syndrome: number;
}

/** Of a CPU that was in the hypervisor, and went on at address zero; what the others held is not known. */
export const calledZero: ArmRegisters = {
  pc: 0n,
  general: [],
  sp: 0n,
  elr: 0n,
  status: 0x8000_03c9n,
  syndrome: 0x8600_0005,
};

/** Classes of exceptions (ESR.EC), as far as there is a word for them. */
export const exceptionClasses = {
  cp15: 0x03,
  cp15Pair: 0x04,
  hvc32: 0x12,
  smc32: 0x13,
  hvc64: 0x16,
  smc64: 0x17,
  systemRegister: 0x18,
  instructionAbort: 0x20,
  dataAbort: 0x24,
} as const;

/** Class of an instruction that the hypervisor itself cannot fetch. */
const ownFetchAbort = 0x21;

/** How a trap ends that is not handled: nobody knows it, or it is known and not allowed. */
export type TrapFailure = "unhandled trap" | "forbidden access";

/** An access to memory that the cell does not have. @param size in bytes; 1 where the processor does not say it */
export function unhandledData(isWrite: boolean, address: number, size: number): string {
  return `Unhandled data ${isWrite ? "write" : "read"} at 0x${address.toString(16)}(${size})\n`;
}

export function instructionAbort(address: number): string {
  return `FATAL: instruction abort at 0x${address.toString(16)}\n`;
}

/** The end of a trap that fails; what is wrong has been printed before, and the CPU is parked behind (arch/arm64/traps.c:174). */
export function fatalTrap(is64Bit: boolean, failure: TrapFailure, registers: ArmRegisters): string {
  const exceptionClass = classOf(registers).toString(16).padStart(2, "0");
  const first = `FATAL: ${failure} (exception class 0x${exceptionClass})\n`;
  return is64Bit
    ? `\n${first}Cell state before exception:\n${dump64(registers)}`
    : `${first}${dump32(registers)}`;
}

/** The hypervisor itself fails; behind it stands which CPU stops, on the same line in 64 bits (arch/arm64/traps.c:194). */
export function unhandledException(is64Bit: boolean, registers: ArmRegisters): string {
  if (is64Bit) {
    const first = "\nFATAL: Unhandled HYP exception: synchronous abort from EL2\n";
    return `${first}${dump64(registers)}Hypervisor stack before exception `;
  }
  const values = Array.from({ length: 15 }, (_, index) => {
    const name = index < 10 ? `r${index}: ` : `r${index}:`;
    return `${name} 0x${hex(registers.general[index] ?? 0n, 8)}${index % 4 === 3 ? "\n" : "  "}`;
  });
  const syndrome = hex(BigInt(registers.syndrome), 8);
  const pc = registers.pc.toString(16);
  const kind = classOf(registers) === ownFetchAbort ? "prefetch abort" : "data abort";
  return `Unhandled HYP ${kind} exit at 0x${pc}\n${values.join("")}\nPhysical address: 0x00000000 HSR: 0x${syndrome}\n`;
}

function classOf({ syndrome }: ArmRegisters): number {
  return syndrome >>> 26;
}

function dump64(registers: ArmRegisters): string {
  const { pc, general, sp, elr, status, syndrome } = registers;
  const level = (status >> 2n) & 3n;
  const [lr, length, specific] = [general[30] ?? 0n, (syndrome >>> 25) & 1, syndrome & 0x1ff_ffff];
  const words = [
    ` pc: ${hex(pc, 16)}   lr: ${hex(lr, 16)} spsr: ${hex(status, 8)}     EL${level}\n`,
    ` sp: ${hex(sp, 16)}  elr: ${hex(elr, 16)}  esr: ${hex(BigInt(classOf(registers)), 2)} ${length} ${hex(BigInt(specific), 7)}\n`,
  ];
  for (let index = 0; index < 30; index++) {
    const name = index < 10 ? ` x${index}` : `x${index}`;
    words.push(`${name}: ${hex(general[index] ?? 0n, 16)}${index % 3 === 2 ? "\n" : "  "}`);
  }
  return `${words.join("")}\n`;
}

function dump32({ pc, general, status, syndrome }: ArmRegisters): string {
  const head = `pc=0x${hex(pc, 8)} cpsr=0x${hex(status, 8)} hsr=0x${hex(BigInt(syndrome), 8)}\n`;
  const registers = Array.from({ length: 15 }, (_, index) => {
    const end = index % 4 === 3 ? "\n" : "";
    return `r${index}=0x${hex(general[index] ?? 0n, 8)} ${end}`;
  });
  return `${head}${registers.join("")}\n`;
}

function hex(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
