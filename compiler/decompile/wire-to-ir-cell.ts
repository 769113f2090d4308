import { type Section, sectionsOf } from "../../schema/codec/locate.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import { isStruct, type WireConfig, type WireStruct, type WireTable } from "../../schema/codec/wire.js";
import type { CellDescription, StreamId } from "../ir/config.js";
import type { Cpus } from "../ir/cpu-set.js";
import type { Irqchip, IrqLine } from "../ir/irq.js";
import type { CacheRegion, MemoryRegion } from "../ir/memory.js";
import { impliedOrigins, type Origins } from "../ir/node.js";
import type { PciCapability, PciDevice } from "../ir/pci.js";
import type { PortIo } from "../ir/port-io.js";
import {
  extendedMark,
  extendedSpace,
  impliedPinBase,
  modelledTables,
  readProtocol,
} from "../ir/revision-facts.js";
import { readConsole } from "./wire-to-ir-console.js";
import { readMemoryRegions } from "./wire-to-ir-memory.js";
import { AlikeElements, PlacedOrigins, type ReadContext, StructReader } from "./wire-to-ir-reader.js";

/** @param reader of the cell descriptor */
export function readCell(reader: StructReader, config: WireConfig): CellDescription {
  const { context } = reader;
  const tables = new TableReader(context, config);
  const console = reader.struct("console", "console");
  const description = {
    name: reader.text("name", "name"),
    id: reader.number("id", "id"),
    flags: reader.flags("flags", "cellFlags", "flags"),
    vpciIrqBase: reader.number("vpciIrqBase", "vpci_irq_base"),
    cpuResetAddress: reader.bigint("cpuResetAddress", "cpu_reset_address"),
    msgReplyTimeout: reader.bigint("msgReplyTimeout", "msg_reply_timeout"),
    console: console === undefined ? null : readConsole(console).console,
    cpus: readCpus(tables),
    memoryRegions: tables.memoryRegions(),
    cacheRegions: tables.structs("cache_regions", readCacheRegion),
    irqchips: tables.structs("irqchips", readIrqchip),
    irqLines: tables.structs("irq_lines", readIrqLine),
    portIo: readPortIo(tables),
    pciDevices: tables.structs("pci_devices", readPciDevice),
    pciCapabilities: tables.structs("pci_caps", readPciCapability),
    streamIds: readStreamIds(tables),
    extraTables: tables.others(),
    tableOrigins: tables.origins(),
  };
  const counts = new Set(planOfProfile(context.profile).tables.map(({ table }) => table.count));
  return { ...description, ...reader.finish(counts) };
}

class TableReader {
  private readonly sections: ReadonlyMap<string, Section>;

  constructor(
    readonly context: ReadContext,
    private readonly config: WireConfig,
  ) {
    const named = sectionsOf(config).flatMap((section) =>
      section.table === null ? [] : [[section.table, section] as const],
    );
    this.sections = new Map(named);
  }

  values(name: string): WireTable | undefined {
    return this.sections.has(name) ? this.config.tables[name] : undefined;
  }

  has(name: string): boolean {
    return this.sections.has(name);
  }

  structs<Node>(name: string, read: (reader: StructReader) => Node): readonly Node[] {
    const section = this.sections.get(name);
    const values = this.values(name);
    if (section === undefined || section.layout === null || !Array.isArray(values)) return [];
    const { layout, offset, elementSize } = section;
    const alike = new AlikeElements();
    return (values as readonly WireStruct[]).map((value, index) =>
      read(new StructReader(this.context, value, layout, offset + index * elementSize, alike)),
    );
  }

  memoryRegions(): readonly MemoryRegion[] {
    const section = this.sections.get("mem_regions");
    const values = this.values("mem_regions");
    if (section === undefined || !Array.isArray(values)) return [];
    return readMemoryRegions(this.context, values as readonly WireStruct[], section);
  }

  /** Origins of a whole table, or of one of its elements with one field. */
  origin(name: string, index?: number, field?: string): Origins {
    const { offset, length, elementSize } = this.sections.get(name) ?? {
      offset: 0,
      length: 0,
      elementSize: 0,
    };
    if (length === 0) return impliedOrigins("the table has no elements");
    const place =
      index === undefined
        ? ([offset, length] as const)
        : ([offset + index * elementSize, elementSize] as const);
    return new PlacedOrigins(
      this.context.originOf,
      place,
      new Map(field === undefined ? [] : [[field, place]]),
    );
  }

  origins(): Origins {
    const places = new Map<string, readonly [number, number]>();
    for (const [name, { offset, length }] of this.sections)
      if (length > 0) places.set(modelledTables.get(name) ?? name, [offset, length]);
    return new PlacedOrigins(this.context.originOf, [0, 0], places);
  }

  /** The tables that the model does not know. */
  others(): Readonly<Record<string, WireTable>> {
    const unknown = [...this.sections.keys()].filter((name) => !modelledTables.has(name));
    return Object.fromEntries(unknown.map((name) => [name, this.values(name) ?? []]));
  }
}

function readCpus(tables: TableReader): Cpus {
  const values = tables.values("cpus");
  const origins = tables.origin("cpus");
  if (values === undefined || values instanceof Uint8Array) {
    return { kind: "bits", bytes: values ?? new Uint8Array(), origins };
  }
  const cpus = tables.structs("cpus", (reader) => {
    const physicalId = reader.bigint("physicalId", "phys_id");
    return { physicalId, ...reader.finish() };
  });
  return { kind: "list", cpus, origins };
}

function readPortIo(tables: TableReader): PortIo {
  const bitmap = tables.values("pio_bitmap");
  if (!tables.has("pio_regions")) {
    const bytes = bitmap instanceof Uint8Array ? bitmap : new Uint8Array();
    return { kind: "bitmap", bytes, origins: tables.origin("pio_bitmap") };
  }
  const ranges = tables.structs("pio_regions", (reader) => {
    const range = { base: reader.number("base", "base"), length: reader.number("length", "length") };
    return { ...range, ...reader.finish() };
  });
  return { kind: "ranges", ranges, origins: tables.origin("pio_regions") };
}

function readCacheRegion(reader: StructReader): CacheRegion {
  const region = {
    start: reader.number("start", "start"),
    size: reader.number("size", "size"),
    type: reader.choice("type", "cacheTypes", "type"),
    flags: reader.flags("flags", "cacheFlags", "flags"),
  };
  return { ...region, ...reader.finish() };
}

function readIrqchip(reader: StructReader): Irqchip {
  const hasBase = reader.nameOf(["pin_base"]) !== undefined;
  const irqchip = {
    address: reader.bigint("address", "address"),
    id: reader.bigint("id", "id"),
    pinBase: hasBase ? reader.number("pinBase", "pin_base") : impliedPinBase(reader.context.family),
    pinBitmap: readPins(reader),
  };
  return { ...irqchip, ...reader.finish() };
}

function readPins(reader: StructReader): bigint {
  if (typeof reader.value.pin_bitmap === "bigint") return reader.bigint("pinBitmap", "pin_bitmap");
  return reader
    .numbers("pinBitmap", "pin_bitmap")
    .reduce((bits, word, index) => bits | (BigInt(word) << BigInt(index * 32)), 0n);
}

function readIrqLine(reader: StructReader): IrqLine {
  const line = { line: reader.number("line", "num"), irqchip: reader.number("irqchip", "irqchip") };
  return { ...line, ...reader.finish() };
}

function readPciDevice(reader: StructReader): PciDevice {
  const several = reader.nameOf(["shmem_regions_start"]) !== undefined;
  const one = reader.nameOf(["shmem_region"]) !== undefined;
  const device = {
    type: reader.choice("type", "pciTypes", "type"),
    iommu: reader.number("iommu", "iommu"),
    domain: reader.number("domain", "domain"),
    bdf: reader.nameOf(["bdf"]) !== undefined ? reader.number("bdf", "bdf") : readBusAndFunction(reader),
    barMask: reader.numbers("barMask", "bar_mask"),
    capsStart: reader.number("capsStart", "caps_start"),
    numCaps: reader.number("numCaps", "num_caps"),
    numMsiVectors: reader.number("numMsiVectors", "num_msi_vectors"),
    msi64bits: reader.number("msi64bits", "msi_64bits"),
    msiMaskable: reader.number("msiMaskable", "msi_maskable"),
    numMsixVectors: reader.number("numMsixVectors", "num_msix_vectors"),
    msixRegionSize: reader.number("msixRegionSize", "msix_region_size"),
    msixAddress: reader.bigint("msixAddress", "msix_address"),
    shmemRegionsStart: reader.number("shmemRegionsStart", "shmem_regions_start", "shmem_region"),
    shmemGeneration: several ? ("several-regions" as const) : one ? ("one-region" as const) : null,
    shmemDevId: reader.number("shmemDevId", "shmem_dev_id"),
    shmemPeers: reader.number("shmemPeers", "shmem_peers"),
    shmemProtocol: readProtocol(
      reader.number("shmemProtocol", "shmem_protocol"),
      reader.context.profile.constants,
    ),
  };
  return { ...device, ...reader.finish() };
}

/** Until July 2014 bus and device number had fields of their own. */
function readBusAndFunction(reader: StructReader): number {
  return (reader.number("bdf", "bus") << 8) | reader.number("bdf", "devfn");
}

function readPciCapability(reader: StructReader): PciCapability {
  const raw = reader.number("id", "id");
  reader.place("extended", reader.placeOf("id"));
  const start = reader.number("start", "start");
  const mark = extendedMark(reader.context.profile.constants);
  const capability = {
    id: mark === 0 ? raw : raw & ~mark,
    extended: mark === 0 ? start >= extendedSpace : (raw & mark) !== 0,
    start,
    len: reader.number("len", "len"),
    flags: reader.flags("flags", "capabilityFlags", "flags"),
  };
  return { ...capability, ...reader.finish() };
}

function readStreamIds(tables: TableReader): readonly StreamId[] {
  const values = tables.values("stream_ids");
  if (!Array.isArray(values)) return [];
  if (values.some((value) => isStruct(value))) {
    return tables.structs("stream_ids", (reader) => {
      const id = reader.number("id", "id");
      const mayHoldMask = reader.layout.fields.some(({ name }) => name === "mmu500");
      return { id, mayHoldMask, ...reader.finish() };
    });
  }
  return (values as readonly number[]).map((id, index) => ({
    id,
    mayHoldMask: false,
    origins: tables.origin("stream_ids", index, "id"),
    extra: {},
    residue: [],
  }));
}
