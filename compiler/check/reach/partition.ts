import type { Choice } from "../../ir/names.js";
import type { ArmPlatform } from "../../ir/platform.js";
import type { CheckedConfig, Machine } from "../facts/checked-config.js";
import { iommuUnitsOf, type Vendor } from "../facts/checked-set.js";
import { gicSizes } from "../facts/gic-frames.js";
import { IntervalIndex } from "../facts/intervals.js";
import { pageSize, type Region } from "../facts/region.js";
import type { Levels } from "../facts/table-walk.js";
import { accessOf, cpuExecute, cpuRead, cpuWrite, dmaAccessOf, type PageTables } from "./access.js";
import type { AddressMap } from "./address-map.js";
import { type CellView, emptyView } from "./cell-view.js";
import { gicTraps, type KnownGic } from "./gic-traps.js";
import { giveDevices, giveInterrupts } from "./give-devices.js";
import { givePorts, rootPorts } from "./give-ports.js";
import { pageStart, tableAddress, unmap } from "./paging.js";

/**
 * How devices' access to memory is kept within bounds:
 * - `own-tables`: VT-d, with tables that regions with `dma` are put into and taken out of;
 * - `cpu-tables`: AMD's, with the tables of the CPUs;
 * - `streams`: SMMUs, with the tables of CPUs, and TI's PVU, with tables of its own that nothing is taken out of again
 *   (hypervisor/arch/arm64/ti-pvu.c:423): `masters.ts` says whose;
 * - `none`: devices reach all of memory.
 */
export type IommuKind = "own-tables" | "cpu-tables" | "streams" | "none";

export interface PartitionOptions {
  readonly vendor: Vendor | null;
  /** Levels of the page tables; four where nothing is said, as on all but small Arm processors. */
  readonly levels?: Levels;
  readonly dmaLevels?: Levels;
  readonly gic?: KnownGic;
}

const unknownGic: KnownGic = { version: null, mpidrs: null };

/** Where x86 processors have their local APIC; each cell has a page of the hypervisor there. */
const xapicBase = 0xfee00000n;

/**
 * The machine with the hypervisor enabled, to which cells are added: each operation changes what the hypervisor keeps of
 * each cell as its code does (hypervisor/control.c). `cells` are those that exist, the root cell first.
 */
export class Partition {
  readonly views = new Map<CheckedConfig, CellView>();
  readonly tables: PageTables;
  readonly iommu: IommuKind;
  /** TI's boards have SMMUs besides. */
  readonly #hasPvu: boolean;
  /** Of the root cell, those that stand for something, by physical address. */
  readonly #rootRegions: IntervalIndex<{ start: bigint; end: bigint; region: Region }>;
  readonly #root: CellView | null;
  readonly #levels: Levels;
  readonly #dmaLevels: Levels;
  readonly #gic: KnownGic;

  /** @param system null where only cells are known: nothing can be said of the root cell then */
  constructor(
    readonly system: CheckedConfig | null,
    readonly machine: Machine,
    { vendor, levels = 4, dmaLevels = 4, gic = unknownGic }: PartitionOptions,
  ) {
    this.tables = machine !== "x86" ? "arm" : vendor === "amd" ? "amd" : "intel";
    this.iommu = iommuKindOf(system, machine);
    this.#hasPvu = machine === "arm64" && typesOf(system).includes(pvu);
    this.#levels = levels;
    this.#dmaLevels = dmaLevels;
    this.#gic = gic;
    this.#root = system === null ? null : emptyView(system);
    const regions = system?.regions ?? [];
    this.#rootRegions = new IntervalIndex(
      regions.filter(({ size }) => size > 0n).map((region) => ({ ...region.phys, region })),
    );
    if (system !== null && this.#root !== null) this.#enable(system, this.#root);
  }

  /** Null where it is not known, or there is none. */
  get gicVersion(): number | null {
    return this.#gic.version;
  }

  get isX86(): boolean {
    return this.tables !== "arm";
  }

  /** hypervisor/setup.c:70-94, 190-210: the hypervisor's own memory first, then all regions in their order. */
  #enable(system: CheckedConfig, root: CellView): void {
    this.views.set(system, root);
    this.#mapApicPage(root);
    const memory = system.system?.hypervisorMemory;
    if (memory !== undefined)
      root.memory.set({
        start: pageStart(memory.physStart),
        end: pageEnd(memory.physStart + memory.size),
        backing: "empty-page",
        phys: 0n,
        access: this.tables === "arm" ? cpuRead | cpuExecute : cpuRead,
        region: null,
      });
    this.#registerDevices(root);
    if (this.isX86) rootPorts(root, system);
    giveInterrupts(root, null, system);
    giveDevices(root, null);
    for (const region of system.regions) this.#map(root, region);
  }

  /** hypervisor/control.c:405-556; the checks that make it fail are those of the rules, and are not made here. */
  create(cell: CheckedConfig): void {
    const view = emptyView(cell);
    this.views.set(cell, view);
    this.#mapApicPage(view);
    if (this.isX86) givePorts(view, this.#root, this.system);
    this.#registerDevices(view);
    giveInterrupts(view, this.#root, this.system);
    giveDevices(view, this.#root);
    for (const region of cell.regions) {
      if (!region.comm && !region.rootShared) this.#unmapFromRoot(region);
      this.#map(view, region);
    }
  }

  /** The root cell may write what is loaded into the cell (hypervisor/control.c:711). */
  setLoadable(cell: CheckedConfig): void {
    for (const region of cell.regions) if (region.loadable) this.#remapToRoot(region);
  }

  /** After a load: what could be written is taken away again (hypervisor/control.c:632). */
  start(cell: CheckedConfig): void {
    for (const region of cell.regions) if (region.loadable) this.#unmapFromRoot(region);
  }

  /**
   * Of all cells, before their regions (hypervisor/arch/x86/vmx.c:344). AMD processors without AVIC let a CPU read its own
   * APIC there (svm.c:330).
   */
  #mapApicPage({ memory }: CellView): void {
    if (!this.isX86) return;
    const access = this.tables === "amd" ? cpuRead | cpuExecute : cpuRead | cpuWrite;
    memory.set({
      start: xapicBase,
      end: xapicBase + pageSize,
      backing: "apic-page",
      phys: 0n,
      access,
      region: null,
    });
  }

  /** What the hypervisor stands in for: chips, configuration space, interrupt tables of devices. */
  #registerDevices({ config, handlers, memory }: CellView): void {
    const register = (start: bigint, size: bigint): void => handlers.register({ start, size, passes: null });
    const platform = this.system?.system?.platform;
    if (this.isX86) for (const { address } of config.cell.irqchips) register(address, pageSize);
    else if (platform?.arm != null) {
      const cpus = this.system?.cpus ?? [];
      for (const handler of gicTraps(platform.arm, cpus, this.#gic)) handlers.register(handler);
      this.#mapInterruptInterface(memory, platform.arm);
    }
    if (platform != null && platform.pciMmconfigBase !== 0n)
      register(platform.pciMmconfigBase, BigInt(platform.pciMmconfigEndBus + 1) << 20n);
    const known = new Set<number>();
    for (const device of config.physicalDevices) {
      if (!known.has(device.bdf)) this.#dropTable(device.bdf);
      known.add(device.bdf);
      const { msixAddress, msixRegionSize } = device;
      if (msixAddress === 0n) continue;
      handlers.register({ start: msixAddress, size: BigInt(msixRegionSize), passes: { device } });
    }
  }

  /** A device that a cell takes from the root cell is trapped there no longer (hypervisor/pci.c:640-664, 708-716). */
  #dropTable(bdf: number): void {
    const root = this.#root;
    if (root === null || !root.devices.has(bdf)) return;
    const own = root.config.cell.pciDevices.find((each) => each.bdf === bdf);
    if (own !== undefined && own.msixAddress !== 0n) root.handlers.unregister(own.msixAddress);
  }

  /** The virtual CPU interface of a GICv2 in place of the real one (hypervisor/arch/arm-common/gic-v2.c:234). */
  #mapInterruptInterface(memory: AddressMap, { gicVersion, giccBase, gicvBase }: ArmPlatform): void {
    if (gicVersion !== 2) return;
    const where = { start: pageStart(giccBase), end: pageEnd(giccBase + gicSizes.interface2) };
    const access = cpuRead | cpuWrite | cpuExecute;
    memory.set({ ...where, backing: "physical", phys: pageStart(gicvBase), access, region: null });
  }

  #map(view: CellView, region: Region): void {
    if (region.isSubPage) {
      const passes = { region, phys: region.node.physStart };
      view.handlers.register({ start: region.node.virtStart, size: region.size, passes });
      return;
    }
    this.#mapPages(view, region, region.virt, region.node.physStart);
  }

  #mapPages(
    { memory, dma }: CellView,
    region: Region,
    { start, end }: { readonly start: bigint; readonly end: bigint },
    physStart: bigint,
  ): void {
    const first = tableAddress(pageStart(start), this.machine);
    const last = first + (pageEnd(end) - pageStart(start));
    const where = { start: first, end: last, phys: pageStart(physStart), region };
    const backing = region.comm ? "comm-page" : "physical";
    memory.set({ ...where, backing, access: accessOf(region, this.tables) });
    const isInDma = region.dma && (this.iommu === "own-tables" || this.#hasPvu);
    // VT-d and the PVU take the address of the communication region as it is written.
    if (isInDma) dma.set({ ...where, backing: "physical", access: dmaAccessOf(region) });
  }

  /** At the physical address: the root cell is expected to have its memory there (hypervisor/control.c:303). */
  #unmapFromRoot(region: Region): void {
    const root = this.#root;
    if (root === null) return;
    const { physStart, size } = region.node;
    if ((physStart | size) % pageSize !== 0n) {
      root.handlers.unregister(physStart);
      return;
    }
    const first = tableAddress(physStart, this.machine);
    unmap(root.memory, first, first + (region.phys.end - physStart), this.#levels);
    // Taken out with the flags of the cell's region: without `dma` nothing is (hypervisor/arch/x86/vtd.c:774).
    if (region.dma && this.iommu === "own-tables")
      unmap(root.dma, physStart, region.phys.end, this.#dmaLevels);
  }

  /** What the root cell's config has of it, with the root cell's flags (hypervisor/control.c:321). */
  #remapToRoot(region: Region): void {
    const root = this.#root;
    if (root === null) return;
    const owned = [...this.#rootRegions.overlapping(region.phys)].map((each) => each.region);
    for (const own of owned.sort((one, other) => one.index - other.index)) {
      const start = own.phys.start > region.phys.start ? own.phys.start : region.phys.start;
      const end = own.phys.end < region.phys.end ? own.phys.end : region.phys.end;
      const virtual = own.node.virtStart + (start - own.node.physStart);
      if ((virtual | (end - start)) % pageSize !== 0n)
        root.handlers.register({ start: virtual, size: end - start, passes: { region: own, phys: start } });
      else this.#mapPages(root, own, { start: virtual, end: virtual + (end - start) }, start);
    }
  }
}

function pageEnd(address: bigint): bigint {
  return pageStart(address + pageSize - 1n);
}

const pvu = "JAILHOUSE_IOMMU_PVU";
const streamUnits = ["JAILHOUSE_IOMMU_SMMUV3", "JAILHOUSE_IOMMU_ARM_MMU500", "JAILHOUSE_IOMMU_SMMUV2", pvu];

function typesOf(system: CheckedConfig | null): readonly Choice[] {
  return system === null ? [] : iommuUnitsOf(system).map(({ type }) => type);
}

function iommuKindOf(system: CheckedConfig | null, machine: Machine): IommuKind {
  const types = typesOf(system);
  if (machine === "x86") {
    if (types.includes("JAILHOUSE_IOMMU_INTEL")) return "own-tables";
    return types.includes("JAILHOUSE_IOMMU_AMD") ? "cpu-tables" : "none";
  }
  // 32-bit Arm knows no IOMMU.
  if (machine === "arm") return "none";
  return types.some((type) => streamUnits.includes(String(type))) ? "streams" : "none";
}
