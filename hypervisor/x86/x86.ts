import { accessFlags } from "../core/access-flags.js";
import type { Architecture } from "../core/architecture.js";
import type { Cell } from "../core/cell.js";
import { architecturePlace, CommRegion } from "../core/comm-region.js";
import { type MemoryRegion, memory } from "../core/config/cell-config.js";
import type { HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { PageTables } from "../core/paging/page-tables.js";
import { pageSize } from "../core/paging/table-format.js";
import { undoing } from "../core/refusal.js";
import type { Unit } from "../core/unit.js";
import { AmdIommuUnit } from "./amd-iommu-unit.js";
import { CacheAllocationUnit } from "./cache-allocation-unit.js";
import { ConfigThroughPorts } from "./config-through-ports.js";
import { CpuStarts, pseudoSipi } from "./cpu-starts.js";
import { DmaAccess } from "./dma-access.js";
import type { Remapping } from "./hardware-interrupts.js";
import { IoApicUnit } from "./ioapic-unit.js";
import { apicPage, LocalApics } from "./local-apics.js";
import { MsixOfLinks } from "./msix-of-links.js";
import { PortAccess } from "./port-access.js";
import { PortBitmap } from "./port-bitmap.js";
import { extendedTables, nestedTables } from "./table-formats.js";
import { VtdUnit } from "./vtd-unit.js";
import type { X86Cell } from "./x86-cell.js";
import { X86DeviceMessages } from "./x86-device-messages.js";

/** The hypervisor on processors of Intel (VMX, EPT, VT-d) and of AMD (SVM, NPT, its IOMMU). */
export class X86 implements Architecture {
  readonly readable = accessFlags.read;
  readonly counters = 12;
  readonly starts: CpuStarts;
  readonly units: readonly Unit[];
  private readonly cells = new Map<Cell, X86Cell>();
  private readonly isIntel: boolean;
  private readonly iommu: VtdUnit | AmdIommuUnit;
  private readonly ioApics: IoApicUnit;
  readonly apics: LocalApics;
  /** For accesses to ports that a cell's bitmap traps. */
  readonly ports: PortAccess;
  readonly linkInterrupts: MsixOfLinks;
  /** Memory as devices reach it. */
  readonly dma: DmaAccess;

  constructor(private readonly hypervisor: Hypervisor) {
    this.isIntel = hypervisor.machine.vendor === "intel";
    this.starts = new CpuStarts(hypervisor);
    this.apics = new LocalApics(hypervisor);
    this.linkInterrupts = new MsixOfLinks(hypervisor, this.apics);
    this.ioApics = new IoApicUnit(hypervisor, this.apics, (cell) => this.cell(cell));
    this.ports = new PortAccess(hypervisor, (cell) => this.cell(cell));
    if (this.isIntel) {
      const vtd = new VtdUnit(hypervisor, this.ioApics, (cell) => this.cell(cell), this.apics);
      this.iommu = vtd;
      const cache = new CacheAllocationUnit(hypervisor, (cell) => this.cell(cell));
      this.units = [vtd, this.ioApics, cache, hypervisor.pci];
    } else {
      this.iommu = new AmdIommuUnit(hypervisor);
      this.units = [this.iommu, this.ioApics, hypervisor.pci];
    }
    this.dma = new DmaAccess(hypervisor, this.iommu, (cell) => this.cell(cell));
    this.ioApics.remapping = this.iommu;
    hypervisor.pci.ownership = this.iommu;
    hypervisor.pci.messages = new X86DeviceMessages(hypervisor, this.iommu, this.apics);
    hypervisor.pci.hardware.other = new ConfigThroughPorts(hypervisor.machine.ports);
  }

  cell(cell: Cell): X86Cell {
    return this.cells.get(cell)!;
  }

  /** What units of VT-d let through; null on AMD, where nothing is remapped. */
  get remapping(): Remapping | null {
    const { iommu } = this;
    return iommu instanceof VtdUnit ? (index, source) => iommu.interrupts.messageOf(index, source) : null;
  }

  tablesOf(cell: Cell): PageTables {
    return this.cell(cell).tables;
  }

  enter(): void {}

  initEarly(): void {
    this.apics.init();
    const { hypervisor } = this;
    this.createCell(hypervisor.rootCell);
    const { parkingCode } = hypervisor.setup.build;
    const code = BigInt(hypervisor.memoryStart + parkingCode);
    hypervisor.parkingTables!.create(code, BigInt(pageSize), 0n, accessFlags.read, "small");
  }

  initCpu(cpu: HypervisorCpu): void {
    this.apics.initCpu(cpu);
  }

  createCell(cell: Cell): void {
    const { hypervisor } = this;
    const pages = this.bitmapPages;
    const portPages = hypervisor.takePages(pages);
    const tables = new PageTables(this.isIntel ? extendedTables : nestedTables, hypervisor.pool, null);
    undoing(
      () => this.mapApic(tables),
      () => hypervisor.freePages(portPages, pages),
    );
    const ports = new PortBitmap(pages, cell.config, hypervisor.config.x86.pmTimerAddress);
    this.cells.set(cell, {
      tables,
      ports,
      portPages,
      dmaTables: null,
      pciAddress: 0,
      ioApics: [],
      ioApicPage: null,
      cacheClass: 0,
      cacheMask: 0n,
    });
    if (!cell.isRoot) this.cell(hypervisor.rootCell).ports.take(cell.config.portRanges);
  }

  private get bitmapPages(): number {
    return this.isIntel ? 2 : 3;
  }

  /** Intel shows a page of its own where accesses are watched; AMD shows the APIC itself, to read (vmx.c:345, svm.c:335). */
  private mapApic(tables: PageTables): void {
    const { memoryStart, setup } = this.hypervisor;
    const { read, write, execute, device } = accessFlags;
    const shown = this.isIntel ? memoryStart + setup.build.apicAccessPage : apicPage;
    const flags = this.isIntel ? read | write : read | execute | device;
    tables.create(BigInt(shown), BigInt(pageSize), BigInt(apicPage), flags, "small");
  }

  destroyCell(cell: Cell): void {
    const { ports } = this.cell(this.hypervisor.rootCell);
    const { tables, portPages } = this.cell(cell);
    ports.giveBack(cell.config.portRanges, this.hypervisor.rootCell.config.portRanges);
    this.hypervisor.freePages(portPages, this.bitmapPages);
    tables.destroy(BigInt(apicPage), BigInt(pageSize));
  }

  map(cell: Cell, region: MemoryRegion): void {
    const { flags, size, virtStart } = region;
    const physStart = (flags & memory.commRegion) !== 0n ? BigInt(cell.commPage) : region.physStart;
    const sizes = (flags & memory.noHugePages) !== 0n ? "small" : "huge";
    const { tables } = this.cell(cell);
    tables.create(physStart, size, virtStart, this.flagsOf(region), sizes);
    undoing(
      () => this.iommu.map(cell, region),
      () => tables.destroy(virtStart, size),
    );
  }

  private flagsOf({ flags }: MemoryRegion): number {
    const cpu = Number(flags & (memory.read | memory.write | memory.execute));
    if (this.isIntel || (flags & memory.dma) === 0n) return cpu;
    const { dmaRead, dmaWrite } = accessFlags;
    return (
      cpu | ((flags & memory.read) !== 0n ? dmaRead : 0) | ((flags & memory.write) !== 0n ? dmaWrite : 0)
    );
  }

  unmap(cell: Cell, region: MemoryRegion): void {
    this.iommu.unmap(cell, region);
    this.cell(cell).tables.destroy(region.virtStart, region.size);
  }

  commit(changed: Cell | null): void {
    this.flushTranslations(this.hypervisor.rootCell);
    if (changed !== null && !changed.isRoot) this.flushTranslations(changed);
    this.iommu.commit(changed);
    this.ioApics.commit(changed);
  }

  /** What CPUs have translated before does not count any more: each one is called in. */
  private flushTranslations(cell: Cell): void {
    for (const id of cell.cpus)
      if (id !== this.hypervisor.currentCpu) this.hypervisor.onCallIn(this.hypervisor.cpu(id));
  }

  resetCell(cell: Cell): void {
    const { x86 } = this.hypervisor.config;
    const comm = new CommRegion(this.hypervisor, cell);
    comm.set(architecturePlace, 2, BigInt(x86.pmTimerAddress));
    comm.set(architecturePlace + 2, 2, BigInt(cell.cpus.size));
    comm.set(architecturePlace + 4, 4, BigInt(x86.tscKhz));
    comm.set(architecturePlace + 8, 4, BigInt(x86.apicKhz));
    this.ioApics.resetCell(cell);
  }

  parkCpu(cpu: HypervisorCpu): void {
    cpu.suspended = false;
    this.starts.park(cpu);
  }

  resetCpu(cpu: HypervisorCpu): void {
    this.starts.start(cpu, pseudoSipi);
  }

  parkFailed(cpu: HypervisorCpu): void {
    this.starts.parkAtOnce(cpu);
  }

  handleEvents(): void {
    this.starts.handle();
  }

  prepareShutdown(): void {
    this.ioApics.prepareHandOver();
    this.iommu.prepareShutdown();
  }

  restoreCpus(): void {}

  /** It counts as suspended already (arch/x86/control.c). */
  suspendStopped(_cpu: HypervisorCpu): void {}
}
