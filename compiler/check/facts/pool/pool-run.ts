import type { CheckedConfig } from "../checked-config.js";
import type { Vendor } from "../checked-set.js";
import { isMapped } from "../console-registers.js";
import { type HypervisorBuild, hypervisorBuild, perCpuSize, usablePages } from "../page-pool.js";
import { maxSmmuV3Stream } from "../stream-ids.js";
import { CountedTables } from "./counted-tables.js";
import {
  mapRegion,
  newPoolCell,
  type PoolCell,
  takeArchitecture,
  takeFrame,
  takeFromRoot,
  takeUnits,
} from "./pool-cell.js";
import { EndsOtherwise, PoolState, takeBytes, temporaryPages } from "./pool-machine.js";
import { OutOfPages } from "./pool-pages.js";

/**
 * How the pool of pages is used up, step by step as the hypervisor takes them. Of hardware that configs do not tell of, the
 * least is taken: VT-d of three levels, tables of devices that are split.
 */

/**
 * Where the hypervisor runs out of pages: "boot" before its CPUs can tell of an error on ARM, "block" in what ARM64 has mapped at
 * first, though there are others.
 */
export type PoolEnd = "boot" | "block" | "late" | "cell" | null;

/** Bytes that ARM64 maps at first (arch/arm64/entry.S:239). */
export const bootBlock = 0x20_0000n;

const page = 4096;
const sharedPerCpu = 0x2000n;
/** Pages in the image: that of the loop of parked CPUs, and the root cell's communication page. */
const rootCommPage = { x86: 0x1_6000n, arm64: 0x1_9000n, arm: 0x1_9000n } as const;
const trampolinePage = 0xf000n;
/** Bitmap of 512M of address space for devices. */
const remapBitmapPages = 4;
/** More is not counted: no machine has so much for its hypervisor. */
const mostPages = 2 ** 22;
/** More interrupts are refused (arch/x86/vtd.c:1000). */
const mostInterrupts = 32768;
const vtdSlot = 0x4000;
/** Bits of a stream within a part of the table of an SMMU of version 3. */
const streamSplitBits = 8;

/** What is left of a pool when the hypervisor runs, and what has been taken by then. */
export class PoolRun {
  #state: PoolState | null = null;
  #root: PoolCell | null = null;
  #end: PoolEnd = null;
  #isKnown = false;
  #stage: PoolEnd = null;

  constructor(
    private readonly system: CheckedConfig,
    vendor: Vendor | null,
    cells: readonly CheckedConfig[] = [],
  ) {
    const build = hypervisorBuild(system, vendor);
    if (build === null || system.machine === null || !isCounted(system)) return;
    const usable = Number(usablePages(system, build));
    if (usable > mostPages) return;
    this.#isKnown = true;
    const state = new PoolState(system, vendor, build, usable, streamBitsOf([system, ...cells]));
    this.#end = this.#ended("boot", () => this.#enable(state, build));
  }

  /** False where it cannot be said how pages are taken. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Where enabling runs out of pages; null where it does not. */
  get end(): PoolEnd {
    return this.#end;
  }

  /** Pages that are taken. */
  get used(): number {
    return this.#state?.pool.used ?? 0;
  }

  /** Creates a cell. @returns false where there are not enough pages */
  create(cell: CheckedConfig): boolean {
    const [state, root] = [this.#state, this.#root];
    if (state === null || root === null) return true;
    return this.#ended("cell", () => createCell(state, root, cell)) === null;
  }

  #ended(stage: PoolEnd, action: () => void): PoolEnd {
    this.#stage = stage;
    try {
      action();
    } catch (error) {
      // What is left half done is nothing that anything else begins with.
      this.#state = null;
      if (error instanceof OutOfPages) return this.#stage;
      if (!(error instanceof EndsOtherwise)) throw error;
    }
    return null;
  }

  #enable(state: PoolState, build: HypervisorBuild): void {
    const { system } = this;
    const { pool, machine } = state;
    reserve(state, build);
    pool.take(remapBitmapPages);
    const parking = new CountedTables(pool, state.cellLevels);
    pool.take(1);
    mapOwnMemory(state, build);
    takeFrame(state, system);
    const { physStart } = system.system!.hypervisorMemory;
    if (machine === "arm64") {
      const trampoline = physStart + trampolinePage;
      state.own.map(trampoline, BigInt(page), trampoline, true, false);
    }
    const root = newPoolCell(state, system, physStart + rootCommPage[machine]);
    takeArchitecture(state, root);
    parking.map(0n, BigInt(page), 0n, true, false);
    this.#hideMemory(state, root);
    this.#enableCpus(state, build);
    initUnits(state);
    takeUnits(state, root, root);
    for (const region of system.regions) mapRegion(state, root, region);
    this.#state = state;
    this.#root = root;
  }

  /** The root cell sees pages of zeros where the hypervisor is. The last one is when the first 2M may not suffice on ARM64. */
  #hideMemory({ machine, pool, build }: PoolState, { tables, config }: PoolCell): void {
    const { physStart, size } = config.system!.hypervisorMemory;
    const mask = machine === "arm" ? (1n << 32n) - 1n : -1n;
    const last = ((size + BigInt(page - 1)) / BigInt(page) - 1n) * BigInt(page);
    tables.map(0n, last, physStart & mask, true, false);
    if (machine === "arm64" && build.core + BigInt(pool.used * page) > bootBlock) {
      this.#stage = "block";
      throw new OutOfPages();
    }
    tables.map(0n, BigInt(page), (physStart + last) & mask, true, false);
  }

  #enableCpus(state: PoolState, { perCpu }: HypervisorBuild): void {
    const { temporary } = state.addresses;
    const window = BigInt(temporaryPages * page);
    for (const [index, cpu] of this.system.cpus.entries()) {
      const tables = cpu === 0 ? state.own : new CountedTables(state.pool, state.ownLevels);
      tables.map(0n, perCpu, BigInt(temporary) + window, true, false);
      this.#stage = "late";
      if (index === 0 && state.machine !== "x86") mapInterruptController(state);
      tables.map(0n, window, BigInt(temporary), true, false);
    }
    this.#stage = "late";
  }
}

/** How pages are taken is known of hypervisors of today's format. */
function isCounted({ config, system }: CheckedConfig): boolean {
  return config.profile.startsWith("r14") && system?.platform != null;
}

function reserve({ pool, system }: PoolState, build: HypervisorBuild): void {
  const { size } = system.system!.hypervisorMemory;
  const pages = size > build.core ? Number((size - build.core) / BigInt(page)) : 0;
  const perCpu = Number(perCpuSize(system, build)) / page;
  const config = Math.ceil(system.facts.needed / page);
  const reserved = perCpu + config + Math.ceil(pages / (8 * page));
  if (pages <= reserved) throw new OutOfPages();
  pool.reserve(reserved);
}

function mapOwnMemory({ own, system, addresses, machine }: PoolState, build: HypervisorBuild): void {
  const { hypervisorMemory, debugConsole } = system.system!;
  const { physStart, size } = hypervisorMemory;
  const base = BigInt(addresses.base);
  own.map(physStart, size, base, true, true);
  const count = (system.cpus.at(-1) ?? -1) + 1;
  for (let cpu = 0; cpu < count; cpu++) {
    const offset = build.core + BigInt(cpu) * build.perCpu;
    own.map(physStart + offset, build.perCpu - sharedPerCpu, base + offset, true, true);
  }
  if (debugConsole === null || !isMapped(debugConsole)) return;
  const places = {
    x86: 0xc900_0000_0000n,
    arm64: 0xffff_c000_0000n + (debugConsole.address & 0x1f_ffffn),
    arm: base + size,
  };
  own.map(debugConsole.address, debugConsole.size, places[machine], true, true);
}

/** Version 2 has interfaces of CPUs, version 3 redistributors (arch/arm-common/gic-v2.c, gic-v3.c). */
function mapInterruptController(state: PoolState): void {
  const { gicVersion, gicdBase, giccBase, gichBase, gicrBase } = state.system.system!.platform!.arm!;
  if (gicVersion === 2) {
    state.mapDevice(gicdBase, 0x1000);
    state.mapDevice(giccBase, 0x2000);
    state.mapDevice(gichBase, 0x2000);
  } else if (gicVersion === 3) {
    state.mapDevice(gicdBase, 0x1_0000);
    state.mapDevice(gicrBase, 0x2_0000 * ((state.system.cpus.at(-1) ?? -1) + 1));
  } else throw new EndsOtherwise();
}

/** What the units have before any cell has something of them. */
function initUnits(state: PoolState): void {
  const { machine, vendor, units } = state;
  if (machine === "x86") {
    if (vendor === "intel") initVtd(state);
    else for (const unit of units) initAmd(state, Number(unit.size), unit.base);
  } else if (machine === "arm64") {
    for (const type of ["SMMUV3", "ARM_MMU500", "PVU"]) initUnitsOfArm(state, type);
  }
}

function initVtd(state: PoolState): void {
  const limit = state.system.system!.platform!.vtdInterruptLimit;
  if (limit > mostInterrupts || state.units.length === 0) throw new EndsOtherwise();
  takeBytes(state.pool, 16 * 2 ** (limit <= 1 ? 0 : Math.ceil(Math.log2(limit))));
  const start = state.takeRemap((state.units.length * vtdSlot) / page);
  state.pool.take(state.units.length);
  for (const [index, { base, size, type }] of state.units.entries()) {
    if (type !== "JAILHOUSE_IOMMU_INTEL") throw new EndsOtherwise();
    state.own.map(base, BigInt(size), start + BigInt(index * vtdSlot), true, true);
  }
}

function initAmd(state: PoolState, size: number, base: bigint): void {
  state.mapDevice(base, size);
  state.pool.take(1);
  state.pool.take(1);
}

/** At least so many groups of streams has an MMU-500 that their table takes a page. */
function initUnitsOfArm(state: PoolState, type: string): void {
  for (const unit of state.units) {
    if (unit.type !== `JAILHOUSE_IOMMU_${type}`) continue;
    state.mapDevice(unit.base, Number(unit.size));
    if (type === "ARM_MMU500") state.pool.take(1);
    if (type === "SMMUV3") takeStreamTable(state);
    if (type === "PVU" && unit.tipvu !== null) state.mapDevice(unit.tipvu.tlbBase, unit.tipvu.tlbSize);
  }
}

/** Two queues, the first level of the table of streams, and what the hypervisor keeps of each part of it. */
function takeStreamTable({ pool, streamBits }: PoolState): void {
  pool.take(1);
  pool.take(1);
  const parts = 2 ** (streamBits - streamSplitBits);
  const pages = Math.ceil((parts * 8) / page);
  pool.take(pages, pages);
  takeBytes(pool, parts * 32);
}

/** An SMMU of version 3 tells apart at least the streams that it is spoken of, in a table of two levels. */
function streamBitsOf(configs: readonly CheckedConfig[]): number {
  const ids = configs.flatMap(({ cell }) => cell.streamIds.map(({ id }) => id));
  const highest = Math.max(0, ...ids.filter((id) => id <= maxSmmuV3Stream));
  return Math.max(streamSplitBits + 1, Math.ceil(Math.log2(highest + 1)));
}

function createCell(state: PoolState, root: PoolCell, config: CheckedConfig): void {
  const first = takeBytes(state.pool, Number(state.build.cell) + config.facts.needed);
  takeFrame(state, config);
  const cell = newPoolCell(state, config, BigInt(state.pool.base + first) * BigInt(page));
  takeArchitecture(state, cell);
  takeUnits(state, cell, root);
  for (const region of config.regions) {
    takeFromRoot(state, root, region);
    mapRegion(state, cell, region);
  }
}
