import type { PageTables } from "../core/paging/page-tables.js";
import type { AccessSize } from "../machine/physical-memory.js";
import type { TrapHandler } from "../run/guest-memory.js";
import type { ArmExits } from "./arm-exits.js";
import { handleDataAbort } from "./data-abort.js";
import { GuestException } from "./guest-exception.js";
import { type AccessForm, dataAbortSyndrome } from "./syndromes.js";

/** Accesses of a CPU to what its cell has not mapped (arch/arm64/mmio.c, arch/arm/mmio.c). */
export class ArmMemoryTraps implements TrapHandler {
  /** @param formOf the instruction that makes the access */
  constructor(
    private readonly exits: ArmExits,
    private readonly tables: PageTables,
    private readonly formOf: (size: AccessSize) => AccessForm,
  ) {}

  read(address: number, size: AccessSize): bigint {
    return BigInt.asUintN(8 * size, this.access(address, size, null, false));
  }

  write(address: number, size: AccessSize, value: bigint): void {
    this.access(address, size, BigInt.asUintN(64, value), false);
  }

  /** By maintenance of caches: nothing is read. */
  maintain(address: number): void {
    this.access(address, 8, 0n, true);
  }

  private access(address: number, size: AccessSize, written: bigint | null, isSpecial: boolean): bigint {
    const exits = this.exits;
    const tables = this.tables;
    exits.enter();
    const form = this.formOf(size);
    const isWrite = written !== null;
    const { signExtends, isDecoded } = form;
    const abort = { address, size, isWrite, value: written ?? 0n, isDecoded, isSpecial, signExtends };
    const direction = isWrite ? "write" : "read";
    const tried = { kind: "memory", direction, address, size } as const;
    const outcome = exits.guarded(tried, () => handleDataAbort(exits.hypervisor, exits.cpu.id, abort));
    if (outcome.kind === "done") return outcome.value;
    if (outcome.kind === "injected") throw new GuestException("data abort");
    const firstLevel = 4 - tables.levels;
    return exits.fail(
      tried,
      outcome.failure,
      dataAbortSyndrome(tables, firstLevel, { address, size, isWrite }, form),
    );
  }
}
