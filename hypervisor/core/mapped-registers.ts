import type { AccessSize, PhysicalMemory } from "../machine/physical-memory.js";
import type { PageTables } from "./paging/page-tables.js";
import { HypervisorFault } from "./refusal.js";

/** The hypervisor's own address space. */
export interface OwnSpace {
  readonly machine: { readonly memory: PhysicalMemory };
  readonly ownTables: PageTables;
}

/**
 * Registers as the hypervisor reaches them, through its own page tables: what lies behind a mapping is whatever has been
 * mapped next to it, or nothing.
 */
export class MappedRegisters {
  constructor(
    private readonly hypervisor: OwnSpace,
    /** Address in the hypervisor. */
    private readonly start: number,
    /** Takes the mapping away again. */
    readonly release: () => void,
  ) {}

  /**
   * @param offset from the start of the mapping, in bytes
   * @throws HypervisorFault where nothing is mapped
   */
  read(offset: number, size: AccessSize): bigint {
    return this.hypervisor.machine.memory.read(this.physical(offset), size);
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    this.hypervisor.machine.memory.write(this.physical(offset), size, BigInt.asUintN(8 * size, value));
  }

  private physical(offset: number): number {
    const found = this.hypervisor.ownTables.translate(this.start + offset);
    if (found === null) {
      const address = (this.start + offset).toString(16);
      throw new HypervisorFault(null, `access to registers at 0x${address}, where nothing is mapped`);
    }
    return found.physical;
  }
}

/** A mapping that was never made: accesses go to the lowest addresses, where the hypervisor has nothing. */
export function unmappedRegisters(hypervisor: OwnSpace): MappedRegisters {
  return new MappedRegisters(hypervisor, 0, () => {});
}
