import type { CheckedConfig } from "./checked-config.js";
import type { Vendor } from "./checked-set.js";
import { iommuUnitsOf } from "./checked-set.js";
import { isSince } from "./history.js";
import {
  growthByTaking,
  type Mapping,
  mappingsOf,
  type PageTables,
  pagesOfTables,
  pageTables,
  takenFromRoot,
} from "./page-tables.js";
import { pageSize } from "./region.js";

/**
 * The memory of the hypervisor: its image, per-CPU data, the system config, and a pool of pages for everything else.
 * What the pool has to give is counted from below: page tables and buffers that no configuration goes without. A machine
 * that may have 32 or 64 bits is counted as the smaller one.
 */

/** Sizes of a build, in bytes. They depend on compiler and options, and are those of builds of upstream's HEAD. */
export interface HypervisorBuild {
  /** Image with its zeroed data, `core_size` of its header. */
  readonly core: bigint;
  /** `percpu_size` of its header. */
  readonly perCpu: bigint;
  /** `struct cell`: on x86 the root table is in it (hypervisor/arch/x86/include/asm/cell.h:23). */
  readonly cell: bigint;
}

/** With the frame buffer of 2M that the EFI console has since August 2018. */
const intelBuild: HypervisorBuild = { core: 0x23_1000n, perCpu: 0x6000n, cell: 0x4000n };
const amdBuild: HypervisorBuild = { core: 0x22_d000n, perCpu: 0x6000n, cell: 0x4000n };
const framebuffer = 0x20_0000n;
/** Of a running hypervisor for ARM64; that for 32-bit ARM is taken to be no larger. */
const armBuild: HypervisorBuild = { core: 0x1_e000n, perCpu: 0x4000n, cell: 0x2000n };

/** @returns null for a machine of which no build is known */
export function hypervisorBuild(system: CheckedConfig, vendor: Vendor | null): HypervisorBuild | null {
  if (system.isArm) return armBuild;
  if (system.machine !== "x86") return null;
  const { core, ...sizes } = vendor === "intel" ? intelBuild : amdBuild;
  return { core: isSince(system, "r10.3") ? core : core - framebuffer, ...sizes };
}

/** Per-CPU data is there up to the highest CPU of the root cell (driver/main.c:182). */
export function perCpuSize(system: CheckedConfig, { perCpu }: HypervisorBuild): bigint {
  return BigInt((system.cpus.at(-1) ?? -1) + 1) * perCpu;
}

/**
 * Pages that can be handed out. The search for a free page goes by whole words of the bitmap, so that what exceeds a
 * multiple of 64 (on 32-bit ARM of 32) is never found (hypervisor/paging.c:74).
 */
export function usablePages(system: CheckedConfig, { core }: HypervisorBuild): bigint {
  const size = system.system!.hypervisorMemory.size;
  const pages = size > core ? (size - core) / pageSize : 0n;
  return pages - (pages % wordOf(system));
}

/** Pages of a word of the bitmap. */
function wordOf(system: CheckedConfig): bigint {
  return system.mayBe("arm") ? 32n : 64n;
}

/** The least size of the hypervisor's memory of which so many pages can be handed out; see {@link usablePages}. */
export function sizeForPages(pages: bigint, system: CheckedConfig, { core }: HypervisorBuild): bigint {
  const word = wordOf(system);
  const whole = ((pages + word - 1n) / word) * word;
  return pagesOf(core) * pageSize + whole * pageSize;
}

/** Bitmap of the pool, and that of 512M of address space for devices (paging.c:647, paging.h). */
const bitmaps = 1n + 4n;

/** Before the first CPU is initialized (hypervisor/paging.c:634). */
export function earlyPages(system: CheckedConfig, build: HypervisorBuild): bigint {
  return perCpuSize(system, build) / pageSize + pagesOf(BigInt(system.facts.needed)) + bitmaps;
}

/** At least so many pages are taken when the hypervisor runs. */
export function enabledPages(system: CheckedConfig, build: HypervisorBuild, vendor: Vendor | null): bigint {
  const { platform } = system.system!;
  const levels = system.mayBe("arm") ? 2n : 3n;
  /** Tables below the root, each, of the hypervisor's own mapping, of each CPU's, and of the loop of parked CPUs. */
  const ownTables = levels * BigInt(system.cpus.length + 2);
  /** Root of that loop, and tables of the first mapped devices: those share the highest one with the hypervisor. */
  const otherTables = 1n + (levels - 1n);
  // The configuration space is mapped page by page, since its place among the mapped devices is not aligned:
  // a table for two buses each, besides the one that is there.
  const isMapped = platform !== null && platform.pciMmconfigBase !== 0n && platform.pciIsVirtual === 0;
  const configSpace = isMapped ? BigInt((platform.pciMmconfigEndBus + 1) >> 1) : 0n;
  const iommu = vendor === null ? 0n : iommuPages(system, vendor);
  const links = distinct(system.ivshmemDevices.map(({ bdf }) => bdf));
  const { cpu, dma } = rootTables(system, vendor);
  return (
    earlyPages(system, build) +
    ownTables +
    otherTables +
    configSpace +
    iommu +
    links +
    partsOfCell(system, vendor) +
    pagesOfTables(cpu) +
    pagesOfTables(dma)
  );
}

/** More interrupts are refused for that reason (arch/x86/vtd.c:1000). */
const mostInterrupts = 32768;

/** Least part of the table of devices of an IOMMU of AMD: an eighth of 2M (arch/x86/amd_iommu.c:260). */
const leastSegment = 64n;

/** What units have besides page tables; both vendors' have a queue, AMD's a log of events, too. */
function iommuPages(system: CheckedConfig, vendor: Vendor): bigint {
  const units = iommuUnitsOf(system);
  const queues = BigInt(units.length);
  const devices = system.physicalDevices;
  if (vendor === "amd")
    return (
      2n * queues +
      leastSegment * BigInt(units.filter((_, unit) => devices.some(({ iommu }) => iommu === unit)).length)
    );
  const limit = system.system!.platform?.vtdInterruptLimit ?? 0;
  // Entries of 16 bytes; there are as many as the next power of two (arch/x86/vtd.c:997-1003).
  const entries = limit > mostInterrupts ? 0 : 2 ** Math.ceil(Math.log2(Math.max(limit, 1)));
  // One table for each bus (arch/x86/vtd.c:664).
  const buses = distinct(devices.map(({ bdf }) => bdf >> 8));
  return queues + buses + pagesOf(BigInt(entries) * 16n);
}

/** At least so many pages are taken by a new cell, page tables of the root cell among them that are split for it. */
export function createdPages(
  cell: CheckedConfig,
  system: CheckedConfig,
  build: HypervisorBuild,
  vendor: Vendor | null,
): bigint {
  const description = pagesOf(build.cell + BigInt(cell.facts.needed));
  const links = new Set(system.ivshmemDevices.map(({ bdf }) => bdf));
  const newLinks = distinct(cell.ivshmemDevices.map(({ bdf }) => bdf).filter((bdf) => !links.has(bdf)));
  const root = rootTables(system, vendor);
  const own = tablesOf(cell, vendor, []);
  return (
    description +
    newLinks +
    partsOfCell(cell, vendor) +
    pagesOfTables(own.cpu) +
    pagesOfTables(own.dma) +
    growthByTaking(root.cpu, takenFromRoot(cell, false)) +
    growthByTaking(root.dma, takenFromRoot(cell, true))
  );
}

/** `struct pci_device`, with shadows of 16 vectors; on 32-bit machines it is smaller (hypervisor/include/jailhouse/pci.h). */
const deviceSize = 344n;
const deviceSizeArm = 320n;

/** What every cell has besides page tables, the root cell too. */
function partsOfCell(cell: CheckedConfig, vendor: Vendor | null): bigint {
  const isX86 = cell.machine === "x86";
  const handlers = 1n;
  const sizeOfDevice = cell.mayBe("arm") ? deviceSizeArm : deviceSize;
  const devices = pagesOf(BigInt(cell.cell.pciDevices.length) * sizeOfDevice);
  const ioapics = isX86 && cell.cell.irqchips.length > 0 ? 1n : 0n;
  const portBitmap = isX86 ? (vendor === "amd" ? 3n : 2n) : 0n;
  // That of VT-d, or on ARM that of the CPU; on x86 the latter is a part of the cell itself.
  const rootTable = isX86 && vendor !== "intel" ? 0n : 1n;
  return handlers + devices + ioapics + portBitmap + rootTable;
}

interface CellTables {
  readonly cpu: PageTables;
  /** VT-d has tables of its own, of three levels at least; the IOMMU of AMD uses those of the processor. */
  readonly dma: PageTables;
}

/** Page of the local APIC: each cell has it, on its own (arch/x86/vmx.c:337, arch/x86/svm.c:318). */
const apicPage: Mapping = { start: 0xfee0_0000n, end: 0xfee0_1000n, shift: 0n, hasHugePages: false };

function tablesOf(cell: CheckedConfig, vendor: Vendor | null, more: readonly Mapping[]): CellTables {
  const apic = cell.machine === "x86" ? [apicPage] : [];
  // On ARM64 the root table is larger instead where there are only two levels below.
  const below = cell.mayBe("arm") ? 2 : 3;
  return {
    cpu: pageTables([...mappingsOf(cell, false), ...apic, ...more], below),
    dma: pageTables(vendor === "intel" ? mappingsOf(cell, true) : [], 2),
  };
}

const known = new WeakMap<CheckedConfig, Map<Vendor | null, CellTables>>();

/** Those of the root cell before there are others. */
function rootTables(system: CheckedConfig, vendor: Vendor | null): CellTables {
  const ofSystem = known.get(system) ?? new Map<Vendor | null, CellTables>();
  known.set(system, ofSystem);
  const tables = ofSystem.get(vendor) ?? tablesOf(system, vendor, hiddenMemory(system));
  ofSystem.set(vendor, tables);
  return tables;
}

/** The memory of the hypervisor is hidden page by page, unless a region of the root cell is mapped over it. */
function hiddenMemory(system: CheckedConfig): readonly Mapping[] {
  const { physStart, size } = system.system!.hypervisorMemory;
  const memory = { start: physStart, end: physStart + size };
  return system.byVirtual.first(memory) === undefined && size > 0n
    ? [{ ...memory, shift: 0n, hasHugePages: false }]
    : [];
}

function distinct(values: readonly number[]): bigint {
  return BigInt(new Set(values).size);
}

function pagesOf(bytes: bigint): bigint {
  return (bytes + pageSize - 1n) / pageSize;
}
