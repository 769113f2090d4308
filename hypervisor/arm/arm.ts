import { accessFlags } from "../core/access-flags.js";
import type { Architecture } from "../core/architecture.js";
import type { Cell } from "../core/cell.js";
import { architecturePlace, CommRegion } from "../core/comm-region.js";
import { type MemoryRegion, memory } from "../core/config/cell-config.js";
import type { HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { PageTables } from "../core/paging/page-tables.js";
import { pageSize } from "../core/paging/table-format.js";
import { MachineHang, undoing } from "../core/refusal.js";
import type { Unit } from "../core/unit.js";
import { ArmCpu } from "./arm-cpu.js";
import { type ArmCell, type ArmParts, hasInterrupt, interruptWords } from "./arm-parts.js";
import { CpuPower } from "./cpu-power.js";
import { flushCaches } from "./flush-caches.js";
import { sortedCpus } from "./gic/gic-v2.js";
import { IrqchipUnit } from "./gic/irqchip-unit.js";
import { Mmu500Unit } from "./iommu/mmu500-unit.js";
import { PvuUnit } from "./iommu/pvu-unit.js";
import { SmmuV3Unit } from "./iommu/smmu-v3-unit.js";
import { SpisOfLinks } from "./spis-of-links.js";
import { calledZero, unhandledException } from "./traps.js";

/** Ids of cells are those of their virtual machines, of eight bits. */
const highestCellId = 255;
/** What is mapped at first, in bytes. */
const bootBlock = 0x20_0000;
const addressesOf32Bits = 2n ** 32n;

/** Places in the communication region, from the start of the part of the architecture. */
const places = { gicVersion: 0, gicdBase: 8, giccBase: 16, gicrBase: 24, vpciIrqBase: 32 } as const;

/** The hypervisor on ARM processors of 64 and of 32 bits (hypervisor/arch/arm-common, arm64, arm). */
export class Arm implements Architecture, ArmParts {
  /** Whatever is mapped counts as readable here: flags are not looked at (arch/arm-common/paging.c:17). */
  readonly readable = accessFlags.valid;
  readonly counters: number;
  readonly units: readonly Unit[];
  readonly irqchip: IrqchipUnit;
  readonly linkInterrupts: SpisOfLinks;
  readonly power: CpuPower;
  /** IOMMUs; null on 32-bit processors. */
  readonly mmu500: Mmu500Unit | null;
  readonly smmuV3: SmmuV3Unit | null;
  readonly pvu: PvuUnit | null;
  private readonly cells = new Map<Cell, ArmCell>();
  private readonly cpus = new Map<number, ArmCpu>();
  /** CPUs use the tables that the hypervisor has made, so that they can tell of a fault. */
  private hasOwnTables = false;

  constructor(private readonly hypervisor: Hypervisor) {
    this.counters = this.is64Bit ? 9 : 10;
    this.irqchip = new IrqchipUnit(hypervisor, this);
    this.linkInterrupts = new SpisOfLinks(
      (cell, irq) => hasInterrupt(this.cell(cell), irq),
      (irq) => this.irqchip.setPending(irq),
      (irq) =>
        hypervisor.denials.note({ kind: "interrupt", direction: "write", interrupts: [irq], isRoute: false }),
    );
    this.power = new CpuPower(hypervisor, this, (cpu) => this.irqchip.resetCpu(cpu));
    if (this.is64Bit) {
      this.mmu500 = new Mmu500Unit(hypervisor);
      this.smmuV3 = new SmmuV3Unit(hypervisor);
      this.pvu = new PvuUnit(hypervisor, this);
      this.units = [this.irqchip, this.smmuV3, this.mmu500, this.pvu, hypervisor.pci];
    } else {
      this.mmu500 = null;
      this.smmuV3 = null;
      this.pvu = null;
      this.units = [this.irqchip, hypervisor.pci];
    }
  }

  private get is64Bit(): boolean {
    return this.hypervisor.machine.architecture === "arm64";
  }

  cell(cell: Cell): ArmCell {
    return this.cells.get(cell)!;
  }

  cpu(id: number): ArmCpu {
    let cpu = this.cpus.get(id);
    if (cpu === undefined) {
      cpu = new ArmCpu(id, this.hypervisor.cpu(id).hardwareId);
      this.cpus.set(id, cpu);
    }
    return cpu;
  }

  tablesOf(cell: Cell): PageTables {
    return this.cell(cell).tables;
  }

  /** The first tables map the first 2M of the hypervisor's memory, from an address of whole 2M on (arch/arm64/entry.S:239). */
  enter(): void {
    if (!this.is64Bit) return;
    const { memoryStart, setup } = this.hypervisor;
    const { build, config, maxCpus } = setup;
    const end = build.coreSize + maxCpus * build.perCpuSize + config.totalSize;
    if (memoryStart % bootBlock !== 0 || end > bootBlock) {
      throw new MachineHang(
        "the hypervisor does not find its image, or its config, in the first 2M of its memory",
      );
    }
  }

  /** Pages of the pool that are used before the final tables are. */
  private checkBoot(): void {
    const { pool, setup } = this.hypervisor;
    if (this.hasOwnTables || !this.is64Bit) return;
    if (setup.build.coreSize + pool.used * pageSize > bootBlock) {
      throw new MachineHang(
        "the hypervisor needs pages behind the first 2M of its memory before it has mapped them",
      );
    }
  }

  /** The page of code that turns the tables off is mapped at its physical address on ARM64 (arch/arm64/setup.c:30). */
  initEarly(): void {
    const { hypervisor } = this;
    const { memoryStart, parkingTables, ownTables } = hypervisor;
    const { parkingCode, trampolinePage } = hypervisor.setup.build;
    if (this.is64Bit) {
      const page = BigInt(memoryStart + trampolinePage);
      ownTables.create(page, BigInt(pageSize), page, accessFlags.read | accessFlags.write, "small");
    }
    const { valid, read } = accessFlags;
    parkingTables!.create(BigInt(memoryStart + parkingCode), BigInt(pageSize), 0n, valid | read, "small");
    this.createCell(hypervisor.rootCell);
  }

  initCpu(cpu: HypervisorCpu): void {
    this.hasOwnTables = true;
    this.irqchip.initCpu(this.cpu(cpu.id));
  }

  createCell(cell: Cell): void {
    const { hypervisor } = this;
    if (cell.config.id > highestCellId) {
      throw hypervisor.refusal("E2BIG", "hypervisor/arch/arm-common/mmu_cell.c:114");
    }
    const { rootTablePages, cellTables } = hypervisor.setup;
    const rootAddress = hypervisor.takePages(rootTablePages, rootTablePages);
    this.cells.set(cell, {
      tables: new PageTables(cellTables, hypervisor.pool, null),
      rootAddress,
      interrupts: new Uint32Array(interruptWords),
      pvuEntries: null,
      pvuPage: null,
    });
  }

  /** CPUs go back to the root cell switched off. Tables below the root that are still there are lost. */
  destroyCell(cell: Cell): void {
    flushCaches(cell, this.is64Bit);
    for (const id of cell.cpus) this.cpu(id).entry = null;
    const { rootTablePages } = this.hypervisor.setup;
    this.hypervisor.freePages(this.cell(cell).rootAddress, rootTablePages);
  }

  map(cell: Cell, region: MemoryRegion): void {
    const { read, write, device, valid } = accessFlags;
    const { flags } = region;
    const physStart = (flags & memory.commRegion) !== 0n ? BigInt(cell.commPage) : region.physStart;
    const access =
      valid |
      ((flags & memory.read) !== 0n ? read : 0) |
      ((flags & memory.write) !== 0n ? write : 0) |
      ((flags & memory.io) !== 0n ? device : 0);
    const { size, virtStart } = this.addressed(region);
    this.checkRoot(virtStart, size);
    this.checkBoot();
    this.pvu?.map(cell, region);
    const sizes = (flags & memory.noHugePages) !== 0n ? "small" : "huge";
    undoing(
      () => this.cell(cell).tables.create(physStart, size, virtStart, access, sizes),
      () => this.pvu?.unmap(cell, region),
    );
  }

  unmap(cell: Cell, region: MemoryRegion): void {
    const { size, virtStart } = this.addressed(region);
    this.checkRoot(virtStart, size);
    this.pvu?.unmap(cell, region);
    this.cell(cell).tables.destroy(virtStart, size);
  }

  /** Processors of 32 bits count addresses and sizes in 32 bits. */
  private addressed({ size, virtStart }: MemoryRegion): {
    readonly size: bigint;
    readonly virtStart: bigint;
  } {
    if (this.is64Bit) return { size, virtStart };
    const pages = (size % addressesOf32Bits) + BigInt(pageSize - 1);
    const whole = (pages - (pages % BigInt(pageSize))) % addressesOf32Bits;
    return { size: whole, virtStart: virtStart % addressesOf32Bits };
  }

  /**
   * A root table of three levels is indexed by 19 bits of the address, however large it is: entries behind it are memory that
   * the hypervisor has for something else (arch/arm-common/paging.c:95).
   */
  private checkRoot(virtual: bigint, size: bigint): void {
    const [root] = this.hypervisor.setup.cellTables.levels;
    const space = BigInt(root!.span * root!.entries);
    if (!this.is64Bit || root!.span !== 2 ** 30 || size === 0n) return;
    if (BigInt.asUintN(49, virtual) + size > space) {
      throw new MachineHang(
        `the hypervisor uses the memory behind a root table that ends at 0x${space.toString(16)}`,
      );
    }
  }

  commit(changed: Cell | null): void {
    this.irqchip.commit(changed);
    this.mmu500?.commit(changed);
    this.pvu?.commit(changed);
  }

  /** Only the first CPU begins with the cell, the others when they are switched on (arch/arm-common/control.c:162-187). */
  resetCell(cell: Cell): void {
    const { gicVersion, gicdBase, giccBase, gicrBase } = this.hypervisor.config.arm;
    const comm = new CommRegion(this.hypervisor, cell);
    comm.set(architecturePlace + places.gicVersion, 1, BigInt(gicVersion));
    comm.set(architecturePlace + places.gicdBase, 8, gicdBase);
    comm.set(architecturePlace + places.giccBase, 8, giccBase);
    comm.set(architecturePlace + places.gicrBase, 8, gicrBase);
    comm.set(architecturePlace + places.vpciIrqBase, 4, BigInt(cell.config.vpciIrqBase));
    for (const [index, id] of sortedCpus(cell).entries()) {
      this.cpu(id).entry = index === 0 ? this.address(cell.config.cpuResetAddress) : null;
    }
    flushCaches(cell, this.is64Bit);
    this.irqchip.resetCell(cell);
  }

  private address(value: bigint): bigint {
    return this.is64Bit ? value : value % addressesOf32Bits;
  }

  parkCpu(cpu: HypervisorCpu): void {
    cpu.suspended = false;
    this.power.park(cpu.id);
  }

  resetCpu(cpu: HypervisorCpu): void {
    this.power.reset(cpu.id);
  }

  parkFailed(cpu: HypervisorCpu): void {
    this.power.switchOff(cpu.id);
  }

  handleEvents(): void {
    this.power.handle();
  }

  prepareShutdown(): void {}

  /**
   * Each CPU asks the driver of the interrupt controller to give it up. Before that is known the call goes to address zero,
   * which is told only by CPUs that have tables of their own. 32-bit CPUs that are not in the hypervisor yet just return.
   */
  restoreCpus(): void {
    const { hypervisor } = this;
    if (this.irqchip.isChosen || (!this.is64Bit && !this.hasOwnTables)) return;
    if (!this.hasOwnTables) {
      throw new MachineHang("the hypervisor calls address zero before it can tell of it");
    }
    hypervisor.print(unhandledException(this.is64Bit, calledZero));
    hypervisor.stopCpu();
  }

  /** It never answers. */
  suspendStopped(cpu: HypervisorCpu): void {
    throw new MachineHang(`CPU ${cpu.id}, which the hypervisor has stopped, is waited for`);
  }
}
