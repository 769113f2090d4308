import { hasFlag } from "../../../ir/names.js";
import type { PciDevice } from "../../../ir/pci.js";
import { type CheckedConfig, isIvshmem } from "../checked-config.js";
import type { Region } from "../region.js";
import { CountedTables, levelsOf } from "./counted-tables.js";
import { EndsOtherwise, type PoolState, takeBytes } from "./pool-machine.js";

const page = 4096;
const apicPage = 0xfee0_0000n;
/** Virtual interface of a GIC of version 2, which a cell sees where the real one is. */
const interfaceSize = 0x2000n;
/** `struct pci_device` (hypervisor/include/jailhouse/pci.h), and an entry of the table of trapped regions (mmio.h), in bytes. */
const sizes = {
  x86: { device: 344, trap: 32 },
  arm64: { device: 344, trap: 32 },
  arm: { device: 320, trap: 16 },
} as const;
const embeddedVectors = 16;
const vectorSize = 16;
const smallCpuSet = 8;
/** VT-d of three levels translates so many bits. */
const dmaBits = 39n;
const addressesOf32Bits = 1n << 32n;

/** A cell's share of the pool: its tables and what it has of devices. */
export interface PoolCell {
  readonly config: CheckedConfig;
  readonly tables: CountedTables;
  /** VT-d's own; null with other IOMMUs. */
  dma: CountedTables | null;
  /** By device: first page and number of those of its vectors. */
  readonly vectors: Map<number, { readonly page: number; readonly count: number }>;
  /** Address of its communication page. */
  commPage: bigint;
}

export function newPoolCell(state: PoolState, config: CheckedConfig, commPage: bigint): PoolCell {
  return {
    config,
    tables: new CountedTables(state.pool, state.cellLevels),
    dma: null,
    vectors: new Map(),
    commPage,
  };
}

/** Its set of CPUs and its table of trapped regions (hypervisor/control.c:241, mmio.c:40). */
export function takeFrame(state: PoolState, config: CheckedConfig): void {
  const { cpus } = config.cell;
  if (cpus.kind === "bits" && cpus.bytes.length > smallCpuSet) state.pool.take(1);
  const traps = trapsOf(state, config);
  if (traps === 0) throw new EndsOtherwise();
  takeBytes(state.pool, traps * sizes[state.machine].trap);
}

function trapsOf({ machine, system, units, vendor }: PoolState, config: CheckedConfig): number {
  const { platform } = system.system!;
  const { pciDevices, irqchips } = config.cell;
  let traps = config.regions.filter(({ isSubPage }) => isSubPage).length;
  if ((platform?.pciMmconfigBase ?? 0n) !== 0n) traps++;
  for (const device of pciDevices) traps += isIvshmem(device) ? 2 : device.msixAddress !== 0n ? 1 : 0;
  if (machine === "x86") {
    return traps + irqchips.length + (vendor === "intel" && config.isRoot ? units.length : 0);
  }
  return traps + 1 + ((platform?.arm?.gicVersion ?? 0) >= 3 ? system.cpus.length : 0);
}

/** What an architecture has for a cell (arch_cell_create). */
export function takeArchitecture(state: PoolState, cell: PoolCell): void {
  if (state.machine !== "x86") {
    state.pool.take(1);
    return;
  }
  state.pool.take(state.vendor === "intel" ? 2 : 3);
  cell.tables.map(apicPage, BigInt(page), apicPage, true, false);
}

/** What the units have for a cell, in their order. */
export function takeUnits(state: PoolState, cell: PoolCell, root: PoolCell): void {
  const { machine, vendor } = state;
  if (machine === "x86") {
    if (vendor === "intel") takeVtd(state, cell);
    takeIoApics(state, cell);
  } else {
    const { arm } = state.system.system!.platform!;
    if (arm!.gicVersion === 2) cell.tables.map(arm!.gicvBase, interfaceSize, arm!.giccBase, true, false);
    takeStreams(state, cell.config);
    if (machine === "arm64" && state.units.some(({ type }) => type === "JAILHOUSE_IOMMU_PVU"))
      state.pool.take(1);
  }
  if (cell === root) mapConfigurationSpace(state);
  takeDevices(state, cell, root);
}

function mapConfigurationSpace(state: PoolState): void {
  const { pciMmconfigBase, pciMmconfigEndBus, pciIsVirtual } = state.system.system!.platform!;
  if (pciMmconfigBase !== 0n && pciIsVirtual === 0)
    state.mapDevice(pciMmconfigBase, (pciMmconfigEndBus + 1) << 20);
}

function takeVtd(state: PoolState, cell: PoolCell): void {
  state.pool.take(1);
  cell.dma = new CountedTables(state.pool, levelsOf(3, 512, true));
  for (const { address } of cell.config.cell.irqchips) mapIoApic(state, address);
}

function takeIoApics(state: PoolState, { config }: PoolCell): void {
  const { irqchips } = config.cell;
  if (irqchips.length === 0) return;
  state.pool.take(1);
  for (const { address } of irqchips) mapIoApic(state, address);
}

function mapIoApic(state: PoolState, address: bigint): void {
  if (state.ioApics.has(address)) return;
  state.ioApics.add(address);
  state.mapDevice(address, page);
}

/** Streams of a part of the table of an SMMU of version 3, and pages of each part (arch/arm64/smmu-v3.c). */
const splitBits = 8;
const partPages = 4;

function takeStreams(state: PoolState, { cell }: CheckedConfig): void {
  if (state.machine !== "arm64") return;
  for (const [index, { type }] of state.units.entries()) {
    if (type !== "JAILHOUSE_IOMMU_SMMUV3") continue;
    for (const { id } of cell.streamIds) {
      const part = `${index} ${id >>> splitBits}`;
      const users = state.streamParts.get(part) ?? 0;
      if (users === 0) state.pool.take(partPages, partPages);
      state.streamParts.set(part, users + 1);
    }
  }
}

function takeDevices(state: PoolState, cell: PoolCell, root: PoolCell): void {
  const { pciDevices } = cell.config.cell;
  if (pciDevices.length === 0) return;
  takeBytes(state.pool, pciDevices.length * sizes[state.machine].device);
  for (const device of pciDevices) {
    if (isIvshmem(device)) {
      if (!state.links.has(device.bdf)) state.pool.take(1);
      state.links.add(device.bdf);
    } else takeDevice(state, cell, root, device);
  }
}

function takeDevice(state: PoolState, cell: PoolCell, root: PoolCell, device: PciDevice): void {
  const { bdf, msixAddress, msixRegionSize, numMsixVectors } = device;
  if (cell !== root) giveUpDevice(state, root, bdf);
  if (state.vendor === "intel") takeBus(state, bdf);
  if (state.vendor === "amd") takeSegment(state, device);
  if (msixAddress === 0n) return;
  state.mapDevice(msixAddress, msixRegionSize);
  if (numMsixVectors <= embeddedVectors) return;
  const count = Math.ceil((numMsixVectors * vectorSize) / page);
  cell.vectors.set(bdf, { page: state.pool.take(count), count });
}

/** The root cell's device goes to another cell. */
function giveUpDevice(state: PoolState, root: PoolCell, bdf: number): void {
  const bus = state.buses.get(bdf >> 8);
  bus?.devices.delete(bdf);
  if (bus?.devices.size === 0) {
    state.pool.free(bus.page);
    state.buses.delete(bdf >> 8);
  }
  const vectors = root.vectors.get(bdf);
  if (vectors === undefined) return;
  state.pool.free(vectors.page, vectors.count);
  root.vectors.delete(bdf);
}

function takeBus(state: PoolState, bdf: number): void {
  const known = state.buses.get(bdf >> 8) ?? { page: state.pool.take(1), devices: new Set<number>() };
  known.devices.add(bdf);
  state.buses.set(bdf >> 8, known);
}

/** An IOMMU of AMD splits its table of devices into eight parts, if it can (arch/x86/amd_iommu.c:260). */
const segmentPages = 64;
const bitsOfSegment = 13;

function takeSegment(state: PoolState, { iommu, bdf }: PciDevice): void {
  if (state.units.length === 0) return;
  if (iommu >= state.units.length) throw new EndsOtherwise();
  const segment = `${iommu} ${bdf >> bitsOfSegment}`;
  if (!state.segments.has(segment)) state.pool.take(segmentPages);
  state.segments.add(segment);
}

/** Gives a region to a cell: only what is mapped takes tables. */
export function mapRegion(state: PoolState, cell: PoolCell, region: Region): void {
  const { node, comm, read, dma, isSubPage } = region;
  if (isSubPage) return;
  const { machine, vendor } = state;
  const physical = comm ? cell.commPage : node.physStart;
  const { virtual, size } = addressed(state, node.virtStart, node.size);
  const hasHugePages = !hasFlag(node.flags, "JAILHOUSE_MEM_NO_HUGEPAGES");
  cell.tables.map(physical, size, virtual, machine !== "x86" || read, hasHugePages);
  if (vendor === "amd" && virtual >> 48n !== 0n) throw new EndsOtherwise();
  if (cell.dma === null || !dma) return;
  if (virtual >> dmaBits !== 0n) throw new EndsOtherwise();
  cell.dma.map(node.physStart, size, virtual, read, hasHugePages);
}

/** Takes a region of a cell from the root cell (hypervisor/control.c:303). */
export function takeFromRoot(
  state: PoolState,
  root: PoolCell,
  { node, dma, comm, rootShared }: Region,
): void {
  const { physStart, size } = node;
  if (comm || rootShared || ((physStart | size) & 0xfffn) !== 0n) return;
  const taken = addressed(state, physStart, size);
  if (dma) root.dma?.unmap(taken.virtual, taken.size);
  root.tables.unmap(taken.virtual, taken.size);
}

/** Processors of 32 bits count in 32 bits. */
function addressed({ machine }: PoolState, virtual: bigint, size: bigint): { virtual: bigint; size: bigint } {
  if (machine !== "arm") return { virtual, size };
  const pages = (size % addressesOf32Bits) + BigInt(page - 1);
  return {
    virtual: virtual % addressesOf32Bits,
    size: (pages - (pages % BigInt(page))) % addressesOf32Bits,
  };
}
