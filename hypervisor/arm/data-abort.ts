import { counters } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { dispatch } from "../core/mmio/dispatch.js";
import { MachineHang } from "../core/refusal.js";
import type { AccessSize } from "../machine/physical-memory.js";
import { type TrapFailure, unhandledData } from "./traps.js";

/** An access that the tables of a cell do not allow, as the processor tells of it (ESR, HPFAR and FAR). */
export interface DataAbort {
  readonly address: number;
  readonly size: AccessSize;
  readonly isWrite: boolean;
  /** The register's content, all of it, for a write. */
  readonly value: bigint;
  /** The processor says what the instruction does: not for those with two registers, or that change their address. */
  readonly isDecoded: boolean;
  /** By a walk through the cell's own tables, from outside, or by maintenance of caches. */
  readonly isSpecial: boolean;
  /** What is shorter than the register is filled up with its sign. */
  readonly signExtends: boolean;
}

export type AbortOutcome =
  | { readonly kind: "done"; readonly value: bigint }
  /** 32-bit processors only: the cell's own handler gets it. */
  | { readonly kind: "injected" }
  | { readonly kind: "fails"; readonly failure: TrapFailure };

/** What the hypervisor does with an access to memory that is not mapped (arch/arm64/mmio.c:42-112, arch/arm/mmio.c). */
export function handleDataAbort(hypervisor: Hypervisor, cpu: number, abort: DataAbort): AbortOutcome {
  const own = hypervisor.cpu(cpu);
  own.counters[counters.mmio]!++;
  const { address, size, isWrite, isDecoded, isSpecial, signExtends } = abort;
  const is32Bit = hypervisor.machine.architecture === "arm";
  if (!isDecoded || (is32Bit && size > 4)) return unhandled(hypervisor, abort);
  if (isSpecial) {
    if (is32Bit) return { kind: "injected" };
    throw new MachineHang(`CPU ${cpu} spins in the hypervisor, which cannot give an abort to its cell`);
  }
  const extended = (value: bigint): bigint =>
    signExtends && size < 8 ? BigInt.asUintN(64, BigInt.asIntN(8 * size, value)) : value;
  const answer = dispatch(own.cell!, cpu, address, size, isWrite ? extended(abort.value) : null);
  if (answer === "unhandled") return unhandled(hypervisor, abort);
  if (answer === "denied") return { kind: "fails", failure: "forbidden access" };
  return { kind: "done", value: answer === "done" ? 0n : extended(answer) };
}

function unhandled(hypervisor: Hypervisor, { isWrite, address, size, isDecoded }: DataAbort): AbortOutcome {
  hypervisor.print(unhandledData(isWrite, address, isDecoded ? size : 1));
  return { kind: "fails", failure: "unhandled trap" };
}
