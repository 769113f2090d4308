import type { IommuUnit } from "../../core/config/cell-config.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import { pageSize } from "../../core/paging/table-format.js";
import { HypervisorFault, Refusal } from "../../core/refusal.js";

/** Units of one kind; the list ends at the first one without an address (arch/arm64/iommu.c:18). */
export function unitsOf({ config }: Hypervisor, type: number): readonly IommuUnit[] {
  const { iommuUnits } = config;
  const end = iommuUnits.findIndex(({ base }) => base === 0n);
  return iommuUnits.slice(0, end < 0 ? iommuUnits.length : end).filter((unit) => unit.type === type);
}

/** Whether a unit of a kind stands behind the first one without an address; not asked where there is no list at all. */
export function hasUnitBehindEnd({ config }: Hypervisor, type: number): boolean {
  const end = config.iommuUnits.findIndex(({ base }) => base === 0n);
  return end > 0 && config.iommuUnits.slice(end).some((unit) => unit.type === type);
}

/** Maps registers where nobody looks whether that has worked: those at address zero are touched then. */
export function mapUnchecked(hypervisor: Hypervisor, base: bigint, size: number): void {
  try {
    hypervisor.mapDevice(base, size);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new HypervisorFault(0);
  }
}

/** Registers of a unit, as the hypervisor reads and writes them. */
export class UnitRegisters {
  private readonly base: number;

  constructor(
    private readonly hypervisor: Hypervisor,
    base: bigint,
  ) {
    const address = Number(BigInt.asUintN(48, base));
    this.base = address - (address % pageSize);
  }

  read(offset: number): number {
    return Number(this.hypervisor.machine.memory.read(this.base + offset, 4));
  }

  write(offset: number, value: number): void {
    this.hypervisor.machine.memory.write(this.base + offset, 4, BigInt(value >>> 0));
  }

  write64(offset: number, value: bigint): void {
    this.hypervisor.machine.memory.write(this.base + offset, 8, value);
  }

  /** Bits `last` to `first` of a register. */
  field(offset: number, last: number, first: number): number {
    return Math.floor(this.read(offset) / 2 ** first) % 2 ** (last - first + 1);
  }
}
