import type { Cell } from "../../../hypervisor/core/cell.js";
import type { AccessSize } from "../../../hypervisor/machine/physical-memory.js";
import { GuestMemory } from "../../../hypervisor/run/guest-memory.js";
import type { X86Machine } from "../recorded/x86-machine.js";
import type { NaiveCell, NaiveOutcome } from "./naive-partition.js";

/** An access that did not reach memory. */
class Trapped extends Error {
  constructor(readonly outcome: NaiveOutcome) {
    super(outcome.kind);
  }
}

/** The memory of a cell as its CPUs reach it; accesses that are trapped say by whom, and are not made. */
export function guestMemoryOf({ hypervisor, x86 }: X86Machine, cell: Cell): GuestMemory {
  const isIntel = hypervisor.machine.vendor === "intel";
  const tables = x86.tablesOf(cell);
  const trap = (address: number, size: AccessSize): never => {
    const found = tables.translate(address, 2);
    const isMisconfigured = isIntel && found !== null && (found.flags & 1) === 0;
    const place = isMisconfigured ? null : cell.mmio.find(address, size);
    if (place === null) throw new Trapped({ kind: "forbidden" });
    const { start, handler } = cell.mmio.regions[place]!;
    throw new Trapped({ kind: "trapped", what: handler.kind, start: Number(start) });
  };
  return new GuestMemory(
    hypervisor.machine.memory,
    tables,
    { read: 1, write: 3 },
    { read: trap, write: trap },
  );
}

export interface Probe {
  readonly address: number;
  readonly size: AccessSize;
  readonly isWrite: boolean;
}

const marks = [0x5an, 0xc396n, 0x9e37_79b9n, 0x0123_4567_89ab_cdefn] as const;

/**
 * Makes an access, and sees that it comes to what the plain model says: a mark that is left in memory is read at the other
 * end, and memory is as it was then.
 *
 * @returns what is wrong; null where both agree
 */
export function disagreement(
  { hypervisor }: X86Machine,
  memory: GuestMemory,
  naive: NaiveCell,
  { address, size, isWrite }: Probe,
): string | null {
  const expected = naive.outcome(address, size, isWrite);
  const bytes = hypervisor.machine.memory;
  const mark = marks[Math.log2(size)]!;
  const before = expected.kind === "memory" ? bytes.read(expected.physical, size) : 0n;
  try {
    if (expected.kind === "memory" && !isWrite) bytes.write(expected.physical, size, mark);
    const got = access(memory, address, size, isWrite ? mark : null);
    if (expected.kind !== "memory") return `memory instead of ${told(expected)}`;
    const seen = isWrite ? bytes.read(expected.physical, size) : got;
    return seen === mark ? null : `other memory than ${told(expected)}`;
  } catch (error) {
    if (!(error instanceof Trapped)) throw error;
    return told(error.outcome) === told(expected)
      ? null
      : `${told(error.outcome)} instead of ${told(expected)}`;
  } finally {
    if (expected.kind === "memory") bytes.write(expected.physical, size, before);
  }
}

function access(memory: GuestMemory, address: number, size: AccessSize, written: bigint | null): bigint {
  if (written === null) {
    if (size === 8) return memory.read64(address);
    return BigInt(memory[`read${(8 * size) as 8 | 16 | 32}`](address));
  }
  if (size === 8) memory.write64(address, written);
  else memory[`write${(8 * size) as 8 | 16 | 32}`](address, Number(written));
  return written;
}

function told(outcome: NaiveOutcome): string {
  if (outcome.kind === "memory") return `memory at ${outcome.physical.toString(16)}`;
  return outcome.kind === "trapped" ? `${outcome.what} at ${outcome.start.toString(16)}` : "forbidden";
}
