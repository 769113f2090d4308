import type { Cell } from "../core/cell.js";
import { iommuTypes, type MemoryRegion, type PciDevice } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { HypervisorFault } from "../core/refusal.js";
import type { CellShape, Unit } from "../core/unit.js";
import type { InterruptRemapping } from "./remapping-table.js";

/** Commands and events: 4K each (hypervisor/arch/x86/amd_iommu.c). */
const bufferPages = 1;
/** A table of all devices has 2M; units can split it into parts that are there only if they are used. */
const tablePages = 512;
const deviceBits = 16;
const mostUnits = 8;

interface AmdUnit {
  /** First page of each segment of devices that is there. */
  readonly segments: Map<number, number>;
}

/** DMA of devices on AMD machines; interrupts are not remapped (hypervisor/arch/x86/amd_iommu.c). */
export class AmdIommuUnit implements Unit, InterruptRemapping {
  readonly name = "AMD IOMMU";
  private readonly units: AmdUnit[] = [];
  private readonly owners = new Map<number, Cell>();

  constructor(private readonly hypervisor: Hypervisor) {}

  mmioRegions(_cell: CellShape): number {
    return 0;
  }

  /** A machine without any unit is accepted: devices are not held then. */
  init(): void {
    const { hypervisor } = this;
    for (const unit of hypervisor.config.iommuUnits) {
      if (unit.base === 0n) break;
      if (unit.type !== iommuTypes.amd)
        throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/amd_iommu.c:786");
      hypervisor.print(`AMD IOMMU @0x${unit.base.toString(16)}/0x${unit.size.toString(16)}\n`);
      if ((unit.size & (unit.size - 1)) !== 0)
        throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/amd_iommu.c:637");
      hypervisor.mapDevice(unit.base, unit.size);
      hypervisor.takePages(bufferPages);
      hypervisor.takePages(bufferPages);
      this.units.push({ segments: new Map() });
    }
    this.initCell(hypervisor.rootCell);
  }

  initCell(cell: Cell): void {
    if (cell.config.id > 0xffff)
      throw this.hypervisor.refusal("ERANGE", "hypervisor/arch/x86/amd_iommu.c:164");
  }

  exitCell(_cell: Cell): void {}

  /** The tables of the processor are those of devices, too; they have 48 bits (amd_iommu.c:218). */
  map(_cell: Cell, { virtStart }: MemoryRegion): void {
    if (virtStart >> 48n !== 0n)
      throw this.hypervisor.refusal("E2BIG", "hypervisor/arch/x86/amd_iommu.c:219");
  }

  unmap(_cell: Cell, _region: MemoryRegion): void {}

  addDevice(cell: Cell, { iommu, bdf }: PciDevice): void {
    const { hypervisor, units } = this;
    if (units.length === 0) return;
    if (iommu >= mostUnits) throw hypervisor.refusal("ERANGE", "hypervisor/arch/x86/amd_iommu.c:320");
    const unit = units[iommu];
    // The registers of a unit that is not there are written at an address that nothing is mapped to.
    if (unit === undefined) throw new HypervisorFault(0);
    const { amdSegmentBits } = hypervisor.machine;
    const segment = bdf >> (deviceBits - amdSegmentBits);
    if (!unit.segments.has(segment)) {
      unit.segments.set(segment, hypervisor.takePages(tablePages >> amdSegmentBits));
    }
    this.owners.set(bdf, cell);
  }

  removeDevice({ bdf }: PciDevice): void {
    this.owners.delete(bdf);
  }

  ownerOf(bdf: number): Cell | undefined {
    return this.owners.get(bdf);
  }

  /** Without units, any device reaches everything. */
  get isThere(): boolean {
    return this.units.length > 0;
  }

  /** Every interrupt goes where the cell sends it, also outside of the cell. */
  mapInterrupt(): "direct" {
    return "direct";
  }

  commit(_changed: Cell | null): void {}

  prepareShutdown(): void {}

  shutdown(): void {}
}
