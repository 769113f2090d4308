import type { CellConfig, MemoryRegion, SystemConfig } from "../../../hypervisor/core/config/cell-config.js";
import { NaivePageMap } from "./naive-page-map.js";

/**
 * Who reaches what on x86, said as plainly as it can be: lists of pages and of ranges that are gone through from the start.
 * There are no page tables, no search and no caches, and nothing of the hypervisor's own code. The rules are those of its
 * behaviour: what is taken from the root cell when, and what comes back.
 */
export class NaivePartition {
  readonly root: NaiveCell;
  readonly cells = new Map<number, NaiveCell>();
  /** Whose memory a device reaches: the id of a cell, 0 for the root cell; none where it reaches nothing. */
  readonly ownerOfDevice = new Map<number, number>();

  constructor(
    private readonly system: SystemConfig,
    private readonly vendor: "intel" | "amd",
    /** Pages of zeros and of the console, as addresses, and that of the APIC on Intel. */
    own: { readonly zero: number; readonly console: number; readonly apic: number; readonly comm: number },
  ) {
    const { physStart, size } = system.hypervisorMemory;
    this.root = new NaiveCell(system.rootCell, own.comm, this.vendor, own.apic);
    const hasConsole = (system.flags & 1) === 1;
    for (let page = Number(physStart); page < Number(physStart + size); page += 0x1000) {
      const shown = hasConsole && page === own.console ? page : own.zero;
      this.root.pages.create(shown / 0x1000, 1, page / 0x1000, read);
    }
    this.addWindows(this.root);
    for (const region of system.rootCell.memoryRegions) this.give(this.root, region);
    for (const { bdf, type } of system.rootCell.pciDevices) if (type !== 3) this.ownerOfDevice.set(bdf, 0);
  }

  private addWindows(cell: NaiveCell): void {
    const { pciMmconfigBase, pciMmconfigEndBus } = this.system;
    for (const { address } of cell.config.irqchips) cell.trap(address, 0x1000n, "ioapic");
    if (pciMmconfigBase !== 0n) {
      cell.trap(pciMmconfigBase, BigInt(pciMmconfigEndBus + 1) * 0x10_0000n, "mmconfig");
    }
    for (const { type, msixAddress, msixRegionSize } of cell.config.pciDevices) {
      if (type !== 3 && msixAddress !== 0n) cell.trap(msixAddress, BigInt(msixRegionSize), "msix");
    }
  }

  private give(cell: NaiveCell, region: MemoryRegion): void {
    if (isTrapped(region)) cell.trap(region.virtStart, region.size, "subpage");
    else cell.map(region);
  }

  /** @param comm address of its communication page */
  create(id: number, config: CellConfig, comm: number, apic: number): void {
    const cell = new NaiveCell(config, comm, this.vendor, apic);
    this.addWindows(cell);
    this.cells.set(id, cell);
    for (const { bdf, type } of config.pciDevices) {
      if (type === 3) continue;
      this.moveDevice(bdf);
      this.ownerOfDevice.set(bdf, id);
    }
    for (const region of config.memoryRegions) {
      if ((region.flags & (commRegion | rootShared)) === 0n) this.takeFromRoot(region);
      this.give(cell, region);
    }
  }

  /** The table of vectors of a device that goes to a cell is the root cell's no longer. */
  private moveDevice(bdf: number): void {
    const known = this.root.config.pciDevices.find((device) => device.bdf === bdf);
    if (known !== undefined && known.msixAddress !== 0n) this.root.forget(known.msixAddress);
  }

  private takeFromRoot(region: MemoryRegion): void {
    const own = { ...region, virtStart: region.physStart };
    if (isTrapped(own)) this.root.forget(own.physStart);
    else this.root.unmap(own);
  }

  private returnToRoot(region: MemoryRegion): void {
    for (const known of this.root.config.memoryRegions) {
      const start = region.physStart > known.physStart ? region.physStart : known.physStart;
      const ends = [region.physStart + region.size, known.physStart + known.size] as const;
      const end = ends[0] < ends[1] ? ends[0] : ends[1];
      if (start >= end) continue;
      const virtStart = known.virtStart + (start - known.physStart);
      this.give(this.root, { physStart: start, virtStart, size: end - start, flags: known.flags });
    }
  }

  setLoadable(id: number): void {
    const cell = this.cells.get(id)!;
    if (cell.isLoadable) return;
    cell.isLoadable = true;
    for (const region of cell.config.memoryRegions) {
      if ((region.flags & loadable) !== 0n) this.returnToRoot(region);
    }
  }

  start(id: number): void {
    const cell = this.cells.get(id)!;
    if (!cell.isLoadable) return;
    for (const region of cell.config.memoryRegions) {
      if ((region.flags & loadable) !== 0n) this.takeFromRoot(region);
    }
    cell.isLoadable = false;
  }

  destroy(id: number): void {
    const cell = this.cells.get(id)!;
    for (const region of cell.config.memoryRegions) {
      if ((region.flags & (commRegion | rootShared)) === 0n) this.returnToRoot(region);
    }
    for (const { bdf, type, domain } of cell.config.pciDevices) {
      if (type !== 3) this.returnDevice(domain, bdf);
    }
    this.cells.delete(id);
  }

  private returnDevice(domain: number, bdf: number): void {
    const known = this.root.config.pciDevices.find((each) => each.bdf === bdf && each.domain === domain);
    this.ownerOfDevice.delete(bdf);
    if (known !== undefined) this.ownerOfDevice.set(bdf, 0);
    if (known !== undefined && known.msixAddress !== 0n) {
      this.root.trap(known.msixAddress, BigInt(known.msixRegionSize), "msix");
    }
  }
}

const read = 1;
const write = 2;
const dma = 8;
const commRegion = 0x20n;
const loadable = 0x40n;
const rootShared = 0x80n;

function isTrapped({ virtStart, size }: MemoryRegion): boolean {
  return virtStart % 0x1000n !== 0n || size % 0x1000n !== 0n;
}

/** What an access comes to: an address of memory, a trapped region by its kind and start, or nothing. */
export type NaiveOutcome =
  | { readonly kind: "memory"; readonly physical: number }
  | { readonly kind: "trapped"; readonly what: string; readonly start: number }
  | { readonly kind: "forbidden" };

interface Window {
  readonly start: bigint;
  readonly size: bigint;
  readonly what: string;
}

export class NaiveCell {
  readonly pages = new NaivePageMap();
  /** Of Intel: what devices reach. On AMD it is what CPUs reach, as far as that is for devices. */
  readonly devicePages = new NaivePageMap(3);
  private windows: Window[] = [];
  isLoadable = false;

  constructor(
    readonly config: CellConfig,
    private readonly comm: number,
    private readonly vendor: "intel" | "amd",
    apic: number,
  ) {
    // Intel shows a page of its own at the APIC's address, AMD the APIC itself, to read.
    const isIntel = vendor === "intel";
    this.pages.create(isIntel ? apic / 0x1000 : 0xfee00, 1, 0xfee00, isIntel ? read | write : read);
  }

  map({ physStart, virtStart, size, flags }: MemoryRegion): void {
    const start = (flags & commRegion) !== 0n ? this.comm : Number(physStart);
    const access = Number(flags) & (read | write | dma);
    const [count, page] = [Number(size) / 0x1000, Number(virtStart) / 0x1000];
    this.pages.create(Math.floor(start / 0x1000), count, page, access);
    if ((access & dma) === 0) return;
    this.devicePages.create(Math.floor(Number(physStart) / 0x1000), count, page, access);
  }

  /** What is for devices stays theirs, where the region that takes it is not. */
  unmap({ virtStart, size, flags }: MemoryRegion): void {
    const [count, page] = [Number(size) / 0x1000, Number(virtStart) / 0x1000];
    this.pages.destroy(page, count);
    if ((Number(flags) & dma) !== 0) this.devicePages.destroy(page, count);
  }

  /** @returns where an access of a device goes; null where it is blocked */
  deviceOutcome(address: number, isWrite: boolean): number | null {
    const isIntel = this.vendor === "intel";
    const found = (isIntel ? this.devicePages : this.pages).pages.get(Math.floor(address / 0x1000));
    const needed = isIntel ? (isWrite ? write : read) : dma | read | (isWrite ? write : read);
    if (found === undefined || (found.flags & needed) !== needed) return null;
    return found.physical * 0x1000 + (address % 0x1000);
  }

  trap(start: bigint, size: bigint, what: string): void {
    this.windows.push({ start, size, what });
  }

  /** The region that holds this address goes as a whole. */
  forget(address: bigint): void {
    const found = this.windows.find(({ start, size }) => address >= start && address < start + size);
    this.windows = this.windows.filter((each) => each !== found);
  }

  /** Whether regions that are trapped overlap here: which of them answers is a matter of the search. */
  isAmbiguous(address: number, size: number): boolean {
    const at = BigInt(address);
    const touching = this.windows.filter(
      (each) => at < each.start + each.size && at + BigInt(size) > each.start,
    );
    return touching.length > 1;
  }

  outcome(address: number, size: number, isWrite: boolean): NaiveOutcome {
    const page = this.pages.pages.get(Math.floor(address / 0x1000));
    const flags = page?.flags ?? 0;
    // What can be written but not read is no entry on AMD, and an error on Intel.
    if ((flags & read) !== 0 && (!isWrite || (flags & write) !== 0)) {
      return { kind: "memory", physical: page!.physical * 0x1000 + (address % 0x1000) };
    }
    if (this.vendor === "intel" && (flags & (read | write)) === write) return { kind: "forbidden" };
    const at = BigInt(address);
    const window = this.windows.find(
      ({ start, size: length }) => at >= start && at + BigInt(size) <= start + length,
    );
    if (window === undefined) return { kind: "forbidden" };
    return { kind: "trapped", what: window.what, start: Number(window.start) };
  }
}
