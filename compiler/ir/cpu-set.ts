import type { IrNode, Origins } from "./node.js";

/** The CPUs of a cell. Upstream has a bit set of logical CPU numbers, some forks list physical ids. */
export type Cpus = CpuBits | CpuList;

export interface CpuBits {
  readonly kind: "bits";
  /** CPU `n` is bit `n % 8` of byte `n / 8`. The length is that of the file: zero bytes at its end count. */
  readonly bytes: Uint8Array;
  readonly origins: Origins;
}

export interface CpuList {
  readonly kind: "list";
  readonly cpus: readonly ListedCpu[];
  readonly origins: Origins;
}

export interface ListedCpu extends IrNode {
  /** As the hardware numbers it: APIC id, MPIDR or hart id, 0..2^64-1. */
  readonly physicalId: bigint;
}

/** The logical numbers in a bit set, ascending. */
export function cpuNumbers({ bytes }: Pick<CpuBits, "bytes">): readonly number[] {
  const numbers: number[] = [];
  bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) numbers.push(index * 8 + bit);
  });
  return numbers;
}

export function hasCpu({ bytes }: Pick<CpuBits, "bytes">, cpu: number): boolean {
  return (((bytes[Math.floor(cpu / 8)] ?? 0) >> (cpu % 8)) & 1) === 1;
}

/** The smallest bit set with these CPUs whose length is a multiple of 8 bytes, as configs declare it (`__u64`). */
export function cpuBytes(numbers: readonly number[]): Uint8Array {
  const most = numbers.reduce((one, other) => Math.max(one, other), -1);
  const bytes = new Uint8Array(Math.ceil((most + 1) / 64) * 8);
  for (const cpu of numbers) bytes[cpu >> 3]! |= 1 << (cpu & 7);
  return bytes;
}
