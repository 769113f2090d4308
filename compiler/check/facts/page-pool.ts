import type { CheckedConfig } from "./checked-config.js";
import type { Vendor } from "./checked-set.js";
import { isSince } from "./history.js";
import { type Interval, merged } from "./intervals.js";
import { pageSize } from "./region.js";

/**
 * The memory of the hypervisor: its image, per-CPU data, the system config, and a pool of pages for everything else.
 * What the pool has to give is counted from below: page tables and buffers that no configuration goes without.
 */

/** Sizes of a build, in bytes. They depend on compiler and options, and are those of builds of upstream's HEAD. */
export interface HypervisorBuild {
  /** Image with its zeroed data, `core_size` of its header. */
  readonly core: bigint;
  /** `percpu_size` of its header. */
  readonly perCpu: bigint;
}

/** With the frame buffer of 2M that the EFI console has since August 2018. */
const intelBuild: HypervisorBuild = { core: 0x23_1000n, perCpu: 0x6000n };
const amdBuild: HypervisorBuild = { core: 0x22_d000n, perCpu: 0x6000n };
const framebuffer = 0x20_0000n;
/** Of a running hypervisor for ARM64; that for 32-bit ARM is taken to be no larger. */
const armBuild: HypervisorBuild = { core: 0x1_e000n, perCpu: 0x4000n };

/** @returns null for a machine of which no build is known */
export function hypervisorBuild(system: CheckedConfig, vendor: Vendor | null): HypervisorBuild | null {
  if (system.isArm) return armBuild;
  if (system.machine !== "x86") return null;
  const { core, perCpu } = vendor === "intel" ? intelBuild : amdBuild;
  return { core: isSince(system, "r10.3") ? core : core - framebuffer, perCpu };
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
  const word = system.machine === "arm" ? 32n : 64n;
  return pages - (pages % word);
}

/** Bitmap of the pool, and that of 512M of address space for devices (paging.c:647, paging.h). */
const bitmaps = 1n + 4n;

/** Before the first CPU is initialized (hypervisor/paging.c:634). */
export function earlyPages(system: CheckedConfig, build: HypervisorBuild): bigint {
  return perCpuSize(system, build) / pageSize + pagesOf(BigInt(system.facts.needed)) + bitmaps;
}

/** At least so many pages are taken when the hypervisor runs. */
export function enabledPages(system: CheckedConfig, build: HypervisorBuild, vendor: Vendor | null): bigint {
  const { hypervisorMemory, platform } = system.system!;
  const levels = system.machine === "arm" ? 2n : 3n;
  /** Tables below the root, each, of the hypervisor's own mapping and of each CPU's. */
  const ownTables = levels * BigInt(system.cpus.length + 1);
  /** Root and tables of the loop in which parked CPUs wait, and tables of the first mapped device. */
  const otherTables = levels + 1n + levels;
  // The memory itself is hidden page by page, unless a region of the root cell is mapped over it.
  const { physStart, size } = hypervisorMemory;
  const isHidden = system.byVirtual.first({ start: physStart, end: physStart + size }) === undefined;
  const hidden = isHidden ? size / hugePage : 0n;
  // The configuration space is mapped page by page, since its place among the mapped devices is not aligned.
  const isMapped = platform !== null && platform.pciMmconfigBase !== 0n && platform.pciIsVirtual === 0;
  const configSpace = isMapped ? BigInt((platform.pciMmconfigEndBus + 2) >> 1) : 0n;
  const vtd = vendor === "intel" ? vtdPages(platform?.vtdInterruptLimit ?? 0) : 0n;
  const common = earlyPages(system, build) + ownTables + otherTables;
  return common + hidden + configSpace + vtd + cellPages(system, vendor);
}

/** More interrupts are refused for that reason (arch/x86/vtd.c:1000). */
const mostInterrupts = 32768;

/** One context table, remapping entries of 16 bytes, and the queue (arch/x86/vtd.c:664-1017). */
function vtdPages(interruptLimit: number): bigint {
  const entries = interruptLimit > mostInterrupts ? 0n : BigInt(interruptLimit);
  return 2n + pagesOf(entries * 16n);
}

/** At least so many pages are taken by a new cell. */
export function createdPages(cell: CheckedConfig, vendor: Vendor | null): bigint {
  /** Of the cell itself, among them the communication region (hypervisor/include/jailhouse/cell.h). */
  const description = 1n + pagesOf(BigInt(cell.facts.needed));
  return description + cellPages(cell, vendor);
}

/** What every cell has, the root cell too. */
function cellPages(cell: CheckedConfig, vendor: Vendor | null): bigint {
  const isX86 = cell.machine === "x86";
  const rootTable = 1n;
  const handlers = 1n;
  const devices = cell.cell.pciDevices.length > 0 ? 1n : 0n;
  const ioapics = isX86 && cell.cell.irqchips.length > 0 ? 1n : 0n;
  const portBitmap = isX86 ? (vendor === "amd" ? 3n : 2n) : 0n;
  const tables = tablesOf(cell, false);
  // VT-d has tables of its own, of three levels; the IOMMU of AMD uses those of the processor.
  const dmaTables = vendor === "intel" ? tablesOf(cell, true) : 0n;
  return rootTable + handlers + devices + ioapics + portBitmap + tables + dmaTables;
}

const hugePage = 1n << 21n;
const giantPage = 1n << 30n;
const rootEntry = 1n << 39n;

/** Page tables below the root that the mapped regions need, where pages of 2M and 1G are used wherever possible. */
function tablesOf({ regions }: CheckedConfig, onlyDma: boolean): bigint {
  const [small, middle, large]: [Interval[], Interval[], Interval[]] = [[], [], []];
  for (const { isMapped, dma, virt, node } of regions) {
    if (!isMapped || (onlyDma && !dma)) continue;
    const shift = node.physStart - virt.start;
    const noHuge = node.flags.names.includes("JAILHOUSE_MEM_NO_HUGEPAGES");
    small.push(...splitBlocks(virt, hugePage, noHuge || shift % hugePage !== 0n));
    middle.push(...splitBlocks(virt, giantPage, noHuge || shift % giantPage !== 0n));
    large.push(...splitBlocks(virt, rootEntry, true));
  }
  return [small, middle, large].reduce((sum, blocks) => sum + lengthOf(blocks), 0n);
}

/** Numbers of the blocks that need a table: all, or those that are not covered as a whole. */
function splitBlocks({ start, end }: Interval, block: bigint, all: boolean): readonly Interval[] {
  const [first, last] = [start / block, (end - 1n) / block];
  if (all) return [{ start: first, end: last + 1n }];
  const partial: Interval[] = [];
  if (start % block !== 0n) partial.push({ start: first, end: first + 1n });
  if (end % block !== 0n) partial.push({ start: last, end: last + 1n });
  return partial;
}

function lengthOf(blocks: readonly Interval[]): bigint {
  return merged(blocks).reduce((sum, { start, end }) => sum + (end - start), 0n);
}

function pagesOf(bytes: bigint): bigint {
  return (bytes + pageSize - 1n) / pageSize;
}
