import type { AccessSize } from "../machine/physical-memory.js";
import type { Pause, Steps } from "./program.js";
import type { ThreadHost } from "./program-thread.js";

/**
 * A CPU of a cell, from a start to the next one, whatever the processor: what programs have, and what an interpreter of
 * machine code is built on. Each access is a call that returns, or throws where the hypervisor takes the CPU away (see
 * `program-end.ts`); neither is to be caught.
 *
 * Addresses are those of the cell, behind its own page tables if it has any, below 2^53. An address, a number or a value that
 * is none, or that does not fit, is a `ProgramMistake`.
 */
export interface GuestCpu extends ThreadHost {
  /** The number that Linux gives it. */
  readonly id: number;
  /** Its own time: virtual nanoseconds since the machine was switched on. */
  readonly now: number;
  /** Address that it begins at. */
  readonly entry: number;
  /** Whether the processor takes interrupts between two steps. */
  interruptsEnabled: boolean;

  read8(address: number): number;
  read16(address: number): number;
  read32(address: number): number;
  read64(address: number): bigint;
  write8(address: number, value: number): void;
  write16(address: number, value: number): void;
  write32(address: number, value: number): void;
  write64(address: number, value: bigint): void;
  /** The lower bytes of a register of 64 bits; trapped regions see the others, too. */
  writeRegister(address: number, size: AccessSize, register: bigint): void;

  /**
   * What instructions are read from: the bytes from an address to the end of its page. They show what is written there, and
   * are the right ones while `mappings` is the same.
   */
  fetch(address: number): Uint8Array;
  /** Another number than before means that memory may be mapped otherwise. */
  readonly mappings: number;

  /** Addresses in arguments are below 2^53. @returns 0 or an answer; a negative errno where it is refused */
  hypercall(code: number, first?: number, second?: number): number;

  /**
   * Sends an interrupt to a CPU.
   *
   * @param target local APIC id, or affinity fields of MPIDR
   * @param interrupt vector on x86; number of an SGI, 0 to 15, on ARM
   */
  ipi(target: number, interrupt: number): void;

  /**
   * Lets a device read memory.
   *
   * @param source what the IOMMU knows it by: bus, device and function on x86, a stream on ARM
   * @returns null if any of it is blocked
   */
  dmaRead(source: number, address: number, length: number): Uint8Array | null;
  /** @returns whether all of it was allowed; what lies before the first byte that is blocked is written */
  dmaWrite(source: number, address: number, bytes: Uint8Array): boolean;
}

/** The CPUs of a hypervisor, as far as they run something. */
export interface GuestCpus {
  /** The one that runs since the last start; null for a CPU that has none. */
  cpu(id: number): GuestCpu | null;
  /** What root cells run is not in their memory: it is given here. The CPU goes on with it at once. */
  run(id: number, program: (cpu: GuestCpu) => Generator<Pause, void, void>): GuestCpu;
}

/** A start that finds nothing it may run: the fetch of the first instruction fails. */
export function* failingFetch(cpu: GuestCpu): Steps {
  yield { kind: "delay", nanoseconds: 0 };
  cpu.fetch(cpu.entry);
}
