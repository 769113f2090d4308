import { decode, sizeByCounts } from "../../../schema/codec/decode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { isStruct, type WireConfig, type WireStruct } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import type {
  CacheRegion,
  CellConfig,
  ConsoleConfig,
  IommuUnit,
  Irqchip,
  MemoryRegion,
  PciCapability,
  PciDevice,
  PortRange,
  StreamId,
  SystemConfig,
} from "./cell-config.js";

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
 * @throws RangeError for counts that speak of more than 4 MiB behind the file
 */
export function readCellConfig(bytes: Uint8Array, profile: Profile): CellConfig {
  const config = decodeWhole(bytes, profile, "cell");
  const sizes = sizesOf(bytes, profile, "cell");
  return cellOf(config, new Fields(config.header), sizes);
}

/** A cell config with those entries of its tables only that are there, however many the counts ask for. */
export function readCellHeader(bytes: Uint8Array, profile: Profile): CellConfig {
  const { config } = decode(bytes, profile, { kind: "cell" });
  return cellOf(config, new Fields(config.header), sizesOf(bytes, profile, "cell"));
}

/** Like {@link readCellConfig}, for a system with its root cell. */
export function readSystemConfig(bytes: Uint8Array, profile: Profile): SystemConfig {
  return systemOf(decodeWhole(bytes, profile, "system"), sizesOf(bytes, profile, "system"));
}

/** Like {@link readCellHeader}, for a system with its root cell. */
export function readSystemHeader(bytes: Uint8Array, profile: Profile): SystemConfig {
  const { config } = decode(bytes, profile, { kind: "system" });
  return systemOf(config, sizesOf(bytes, profile, "system"));
}

function systemOf(config: WireConfig, sizes: ReturnType<typeof sizesOf>): SystemConfig {
  const header = new Fields(config.header);
  const platform = header.struct("platform_info");
  const [x86, arm] = [platform.struct("x86"), platform.struct("arm")];
  const memory = header.struct("hypervisor_memory");
  const root = header.struct(config.header.root_cell === undefined ? "system" : "root_cell");
  return {
    flags: header.number("flags"),
    hypervisorMemory: { physStart: memory.bigint("phys_start"), size: memory.bigint("size") },
    debugConsole: consoleOf(header.struct("debug_console")),
    pciMmconfigBase: platform.bigint("pci_mmconfig_base") || x86.bigint("mmconfig_base"),
    pciMmconfigEndBus: platform.number("pci_mmconfig_end_bus") || x86.number("mmconfig_end_bus"),
    pciIsVirtual: platform.number("pci_is_virtual") !== 0,
    pciDomain: platform.number("pci_domain"),
    iommuUnits: iommuUnitsOf(platform, x86, arm),
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
    rootCell: cellOf(config, root, sizes),
    totalSize: sizes.totalSize,
  };
}

/** So many bytes behind its end a config may speak of: none that anybody reads is larger. */
const mostBehind = 2 ** 22;

/** Counts are believed no further than the file could be continued. */
function decodeWhole(bytes: Uint8Array, profile: Profile, kind: "system" | "cell"): WireConfig {
  const size = configSize(bytes, profile, kind) ?? bytes.length;
  if (size > bytes.length + mostBehind) {
    throw new RangeError(`a config of ${bytes.length} bytes speaks of ${size} bytes`);
  }
  const whole = new Uint8Array(Math.max(size, bytes.length));
  whole.set(bytes);
  return decode(whole, profile, { kind }).config;
}

/** Fields of a struct by their C names; those that a profile does not have are zero. */
class Fields {
  constructor(private readonly values: WireStruct) {}

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  number(name: string): number {
    const value = this.values[name];
    return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
  }

  bigint(name: string): bigint {
    const value = this.values[name];
    return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 0n;
  }

  text(name: string): string {
    const value = this.values[name];
    return typeof value === "string" ? value : "";
  }

  numbers(name: string): readonly number[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly (number | bigint)[]).map(Number) : [];
  }

  struct(name: string): Fields {
    const value = this.values[name];
    return new Fields(value !== undefined && isStruct(value) ? value : {});
  }

  structs(name: string): readonly Fields[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly WireStruct[]).map((each) => new Fields(each)) : [];
  }

  bigints(name: string): readonly bigint[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as readonly (number | bigint)[]).map(BigInt) : [];
  }
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

function cellOf({ tables }: WireConfig, fields: Fields, sizes: Sizes): CellConfig {
  const structs = <Node>(name: string, read: (each: Fields) => Node): readonly Node[] => {
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    return Array.isArray(table) ? (table as readonly WireStruct[]).map((each) => read(new Fields(each))) : [];
  };
  return {
    name: fields.text("name"),
    id: fields.number("id"),
    flags: fields.number("flags"),
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
    console: consoleOf(fields.struct("console")),
    ...sizes,
  };
}

function bytesOf(tables: WireConfig["tables"], name: string): Uint8Array {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  return table instanceof Uint8Array ? table : new Uint8Array();
}

function memoryRegionOf(fields: Fields): MemoryRegion {
  return {
    physStart: fields.bigint("phys_start"),
    virtStart: fields.bigint("virt_start"),
    size: fields.bigint("size"),
    flags: fields.has("flags") ? fields.bigint("flags") : fields.bigint("access_flags"),
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

function pciDeviceOf(fields: Fields): PciDevice {
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
    shmemProtocol: fields.number("shmem_protocol"),
  };
}

function pciCapabilityOf(fields: Fields): PciCapability {
  return {
    id: fields.number("id"),
    start: fields.number("start"),
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

function consoleOf(fields: Fields): ConsoleConfig {
  return {
    address: fields.has("address") ? fields.bigint("address") : fields.bigint("phys_start"),
    size: fields.number("size"),
    type: fields.number("type"),
    flags: fields.number("flags"),
    divider: fields.number("divider"),
    gateNr: fields.number("gate_nr"),
    clockReg: fields.bigint("clock_reg"),
  };
}

/** Older revisions list the addresses of the units only, or have the units with the data of the processor. */
function iommuUnitsOf(platform: Fields, x86: Fields, arm: Fields): readonly IommuUnit[] {
  const owner = [platform, x86, arm].find((fields) => fields.has("iommu_units"));
  if (owner !== undefined) return owner.structs("iommu_units").map(iommuUnitOf);
  const bases = [...x86.bigints("iommu_base"), ...x86.bigints("dmar_unit_base")];
  return bases.map((base) => ({ ...iommuUnitOf(new Fields({})), base, size: 0x1000 }));
}

function iommuUnitOf(fields: Fields): IommuUnit {
  const [amd, tipvu, mmu500] = [fields.struct("amd"), fields.struct("tipvu"), fields.struct("arm_mmu500")];
  return {
    type: fields.number("type"),
    base: fields.bigint("base"),
    size: fields.number("size"),
    amd: {
      bdf: amd.number("bdf") || fields.number("amd_bdf"),
      baseCap: amd.number("base_cap") || fields.number("amd_base_cap"),
      features: amd.number("features") || fields.number("amd_features"),
    },
    tipvu: { tlbBase: tipvu.bigint("tlb_base"), tlbSize: tipvu.number("tlb_size") },
    sidMask: mmu500.number("sid_mask"),
  };
}
