import { decode, sizeByCounts } from "../../../schema/codec/decode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { isStruct, type WireConfig, type WireStruct } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { cellAsOnMachine, type Surroundings, systemAsOnMachine } from "./as-on-machine.js";
import {
  type CacheRegion,
  type CellConfig,
  extendedCapability,
  type IommuUnit,
  type Irqchip,
  iommuTypes,
  type MemoryRegion,
  type PciCapability,
  type PciDevice,
  type PortRange,
  type StreamId,
  type SystemConfig,
  systemFlags,
} from "./cell-config.js";
import { readConsole, readDebugConsole } from "./console-forms.js";
import { Fields } from "./fields.js";
import { type RevisionTerms, termsOf } from "./revision-terms.js";

const plainSpace = 0x100;
const onePage = 0x1000;

/**
 * Bytes that the counts of a config ask for; the real hypervisor adds them up in 32 bits.
 *
 * @returns null where the file ends within its header
 */
export function configSize(bytes: Uint8Array, profile: Profile, kind: "system" | "cell"): number | null {
  const size = sizeByCounts(bytes, planOfProfile(profile), kind);
  return size === null ? null : size % 2 ** 32;
}

/**
 * Reads a cell config as the hypervisor does: by its counts, whatever the length of the file. What lies behind the file
 * is zero in the simulated machine.
 *
 * @param bytes whole header at least
 * @param machine that it is for: what revisions leave to it is filled in, and left open without one
 * @throws RangeError for counts that speak of more than 4 MiB behind the file
 * @throws SetupError for a fork that cannot be run
 */
export function readCellConfig(bytes: Uint8Array, profile: Profile, machine?: Surroundings): CellConfig {
  return cellIn(decodeWhole(bytes, profile, "cell", machine), bytes, profile, machine);
}

/** A cell config with those entries of its tables only that are there, however many the counts ask for. */
export function readCellHeader(bytes: Uint8Array, profile: Profile, machine?: Surroundings): CellConfig {
  const { config } = decode(bytes, profile, { kind: "cell", ...familyOf(machine) });
  return cellIn(config, bytes, profile, machine);
}

function cellIn(
  config: WireConfig,
  bytes: Uint8Array,
  profile: Profile,
  machine: Surroundings | undefined,
): CellConfig {
  const terms = termsOf(profile);
  const cell = cellOf(config, new Fields(config.header), terms, sizesOf(bytes, profile, "cell"));
  return machine === undefined ? cell : cellAsOnMachine(cell, terms, machine);
}

/** Like {@link readCellConfig}, for a system with its root cell. */
export function readSystemConfig(bytes: Uint8Array, profile: Profile, machine?: Surroundings): SystemConfig {
  return systemIn(decodeWhole(bytes, profile, "system", machine), bytes, profile, machine);
}

/** Like {@link readCellHeader}, for a system with its root cell. */
export function readSystemHeader(bytes: Uint8Array, profile: Profile, machine?: Surroundings): SystemConfig {
  const { config } = decode(bytes, profile, { kind: "system", ...familyOf(machine) });
  return systemIn(config, bytes, profile, machine);
}

function systemIn(
  config: WireConfig,
  bytes: Uint8Array,
  profile: Profile,
  machine: Surroundings | undefined,
): SystemConfig {
  const terms = termsOf(profile);
  const system = systemOf(config, terms, sizesOf(bytes, profile, "system"));
  return machine === undefined ? system : systemAsOnMachine(system, terms, machine);
}

/** Whose platform data a config holds, where a machine is known; the bytes decide otherwise. */
function familyOf(machine: Surroundings | undefined): { readonly architecture?: "x86" | "arm" } {
  if (machine === undefined) return {};
  return { architecture: machine.architecture === "x86" ? "x86" : "arm" };
}

function systemOf(config: WireConfig, terms: RevisionTerms, sizes: Sizes): SystemConfig {
  const header = new Fields(config.header);
  const platform = header.struct("platform_info");
  const [x86, arm] = [platform.struct("x86"), platform.struct("arm")];
  const memory = header.struct("hypervisor_memory");
  const root = header.struct(config.header.root_cell === undefined ? "system" : "root_cell");
  const console = readDebugConsole(header, terms);
  return {
    flags: header.number("flags") | (console.isVirtual ? systemFlags.virtualDebugConsole : 0),
    hypervisorMemory: { physStart: memory.bigint("phys_start"), size: memory.bigint("size") },
    debugConsole: console.console,
    pciMmconfigBase: platform.bigint("pci_mmconfig_base") || x86.bigint("mmconfig_base"),
    pciMmconfigEndBus: platform.number("pci_mmconfig_end_bus") || x86.number("mmconfig_end_bus"),
    pciIsVirtual: platform.number("pci_is_virtual") !== 0,
    pciDomain: platform.number("pci_domain"),
    iommuUnits: iommuUnitsOf(platform, x86, arm, terms),
    x86: {
      pmTimerAddress: x86.number("pm_timer_address"),
      apicMode: x86.number("apic_mode"),
      vtdInterruptLimit: x86.number("vtd_interrupt_limit") || header.number("interrupt_limit"),
      tscKhz: x86.number("tsc_khz"),
      apicKhz: x86.number("apic_khz"),
    },
    arm: {
      maintenanceIrq: arm.number("maintenance_irq"),
      gicVersion: arm.number("gic_version"),
      gicdBase: arm.bigint("gicd_base"),
      giccBase: arm.bigint("gicc_base"),
      gichBase: arm.bigint("gich_base"),
      gicvBase: arm.bigint("gicv_base"),
      gicrBase: arm.bigint("gicr_base"),
    },
    rootCell: cellOf(config, root, terms, sizes),
    totalSize: sizes.totalSize,
  };
}

/** So many bytes behind its end a config may speak of: none that anybody reads is larger. */
const mostBehind = 2 ** 22;

/** Counts are believed no further than the file could be continued. */
function decodeWhole(
  bytes: Uint8Array,
  profile: Profile,
  kind: "system" | "cell",
  machine: Surroundings | undefined,
): WireConfig {
  const size = configSize(bytes, profile, kind) ?? bytes.length;
  if (size > bytes.length + mostBehind) {
    throw new RangeError(`a config of ${bytes.length} bytes speaks of ${size} bytes`);
  }
  const whole = new Uint8Array(Math.max(size, bytes.length));
  whole.set(bytes);
  return decode(whole, profile, { kind, ...familyOf(machine) }).config;
}

/** What is known from the place of the tables. */
type Sizes = Pick<CellConfig, "totalSize" | "behindRegions">;

/** Of `jailhouse_memory` (include/jailhouse/cell-config.h:169). */
const placeOfRegionSize = 16;

function sizesOf(bytes: Uint8Array, profile: Profile, kind: "system" | "cell"): Sizes {
  const plan = planOfProfile(profile);
  const header = plan.headers[kind];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = plan.tables.findIndex(({ table }) => table.name === "mem_regions");
  const end = plan.tables
    .slice(0, last + 1)
    .reduce((sum, each) => sum + each.countAt(view, header.description.offset) * each.unitSize, header.size);
  const place = end + placeOfRegionSize;
  const behindRegions = place + 8 <= bytes.length ? view.getBigUint64(place, true) : 0n;
  return { totalSize: configSize(bytes, profile, kind)!, behindRegions };
}

function cellOf({ tables }: WireConfig, fields: Fields, terms: RevisionTerms, sizes: Sizes): CellConfig {
  const structs = <Node>(
    name: string,
    read: (each: Fields, terms: RevisionTerms) => Node,
  ): readonly Node[] => {
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    return Array.isArray(table)
      ? (table as readonly WireStruct[]).map((each) => read(new Fields(each), terms))
      : [];
  };
  return {
    name: fields.text("name"),
    id: fields.number("id"),
    flags: terms.cellFlags(fields.number("flags")),
    cpuSet: bytesOf(tables, "cpus"),
    memoryRegions: structs("mem_regions", memoryRegionOf),
    cacheRegions: structs("cache_regions", cacheRegionOf),
    irqchips: structs("irqchips", irqchipOf),
    portRanges: Object.hasOwn(tables, "pio_bitmap")
      ? openPorts(bytesOf(tables, "pio_bitmap"))
      : structs("pio_regions", portRangeOf),
    pciDevices: structs("pci_devices", pciDeviceOf),
    pciCapabilities: structs("pci_caps", pciCapabilityOf),
    streamIds: streamIdsOf(tables),
    vpciIrqBase: fields.number("vpci_irq_base"),
    cpuResetAddress: fields.bigint("cpu_reset_address"),
    msgReplyTimeout: fields.bigint("msg_reply_timeout"),
    console: readConsole(fields.struct("console"), terms),
    ...sizes,
  };
}

function bytesOf(tables: WireConfig["tables"], name: string): Uint8Array {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  return table instanceof Uint8Array ? table : new Uint8Array();
}

function memoryRegionOf(fields: Fields, terms: RevisionTerms): MemoryRegion {
  return {
    physStart: fields.bigint("phys_start"),
    virtStart: fields.bigint("virt_start"),
    size: fields.bigint("size"),
    flags: terms.memoryFlags(fields.has("flags") ? fields.bigint("flags") : fields.bigint("access_flags")),
  };
}

function cacheRegionOf(fields: Fields): CacheRegion {
  return {
    start: fields.number("start"),
    size: fields.number("size"),
    type: fields.number("type"),
    flags: fields.number("flags"),
  };
}

function irqchipOf(fields: Fields): Irqchip {
  const words = fields.numbers("pin_bitmap");
  const pinBitmap =
    words.length > 0
      ? words.reduce((bits, word, index) => bits | (BigInt(word) << BigInt(32 * index)), 0n)
      : fields.bigint("pin_bitmap");
  return {
    address: fields.bigint("address"),
    id: fields.number("id"),
    pinBase: fields.number("pin_base"),
    pinBitmap,
  };
}

function portRangeOf(fields: Fields): PortRange {
  return { base: fields.number("base"), length: fields.number("length") };
}

/** Until revision 10 there was a bit for each port, set where it is trapped; ports that have none are trapped, too. */
function openPorts(bitmap: Uint8Array): readonly PortRange[] {
  const ranges: { base: number; length: number }[] = [];
  for (let port = 0; port < Math.min(8 * bitmap.length, allPorts); port++) {
    if (((bitmap[port >> 3]! >> (port & 7)) & 1) === 1) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.base + last.length === port) last.length++;
    else ranges.push({ base: port, length: 1 });
  }
  return ranges;
}

const allPorts = 0x1_0000;

function pciDeviceOf(fields: Fields, terms: RevisionTerms): PciDevice {
  return {
    type: fields.number("type"),
    iommu: fields.number("iommu"),
    domain: fields.number("domain"),
    bdf: fields.has("bdf") ? fields.number("bdf") : (fields.number("bus") << 8) | fields.number("devfn"),
    barMask: fields.has("bar_mask") ? fields.numbers("bar_mask") : [0, 0, 0, 0, 0, 0],
    capsStart: fields.number("caps_start"),
    numCaps: fields.number("num_caps"),
    numMsiVectors: fields.number("num_msi_vectors"),
    msi64Bits: fields.number("msi_64bits") !== 0,
    msiMaskable: fields.number("msi_maskable") !== 0,
    numMsixVectors: fields.number("num_msix_vectors"),
    msixRegionSize: fields.number("msix_region_size"),
    msixAddress: fields.bigint("msix_address"),
    shmemRegionsStart: fields.number(fields.has("shmem_region") ? "shmem_region" : "shmem_regions_start"),
    shmemDevId: fields.number("shmem_dev_id"),
    shmemPeers: fields.number("shmem_peers"),
    shmemProtocol: terms.protocol(fields.number("shmem_protocol")),
  };
}

/** Extended capabilities lie behind the first 256 bytes of a space. */
function pciCapabilityOf(fields: Fields, { hasExtendedMark }: RevisionTerms): PciCapability {
  const start = fields.number("start");
  const mark = !hasExtendedMark && start >= plainSpace ? extendedCapability : 0;
  return {
    id: fields.number("id") | mark,
    start,
    len: fields.number("len"),
    flags: fields.number("flags"),
  };
}

function streamIdsOf(tables: WireConfig["tables"]): readonly StreamId[] {
  const table = Object.hasOwn(tables, "stream_ids") ? tables.stream_ids : undefined;
  if (table === undefined || table instanceof Uint8Array) return [];
  return Array.from(table, (each: number | bigint | WireStruct) => {
    if (!isStruct(each)) return { word: Number(each) };
    const fields = new Fields(each);
    const mmu500 = fields.struct("mmu500");
    const word = fields.has("id")
      ? fields.number("id")
      : mmu500.number("id") + mmu500.number("mask_out") * 0x1_0000;
    return { word };
  });
}

/** Older revisions list the addresses of the units only, or have the units with the data of the processor. */
function iommuUnitsOf(
  platform: Fields,
  x86: Fields,
  arm: Fields,
  terms: RevisionTerms,
): readonly IommuUnit[] {
  const owner = [platform, x86, arm].find((fields) => fields.has("iommu_units"));
  if (owner !== undefined) return owner.structs("iommu_units").map((fields) => iommuUnitOf(fields, terms));
  const bases = [...x86.bigints("iommu_base"), ...x86.bigints("dmar_unit_base")];
  return bases.map((base) => iommuUnitOf(new Fields({ base }), terms));
}

/** Where there are no types, data of AMD's units tell those, and others are Intel's. */
function iommuUnitOf(fields: Fields, { hasIommuTypes, hasIommuSizes }: RevisionTerms): IommuUnit {
  const [nested, tipvu, mmu500] = [fields.struct("amd"), fields.struct("tipvu"), fields.struct("arm_mmu500")];
  const amd = {
    bdf: nested.number("bdf") || fields.number("amd_bdf"),
    baseCap: nested.number("base_cap") || fields.number("amd_base_cap"),
    features: nested.number("features") || fields.number("amd_features"),
  };
  const base = fields.bigint("base");
  const isOfAmd = amd.bdf !== 0 || amd.baseCap !== 0 || amd.features !== 0;
  const implied = base === 0n ? 0 : isOfAmd ? iommuTypes.amd : iommuTypes.intel;
  return {
    type: hasIommuTypes ? fields.number("type") : implied,
    base,
    size: hasIommuSizes ? fields.number("size") : base === 0n ? 0 : onePage,
    amd,
    tipvu: { tlbBase: tipvu.bigint("tlb_base"), tlbSize: tipvu.number("tlb_size") },
    sidMask: mmu500.number("sid_mask"),
  };
}
