import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { WireStruct, WireTable } from "../../schema/codec/wire.js";
import type { TableLayout } from "../../schema/layout/types.js";
import type { CellDescription, StreamId } from "../ir/config.js";
import { vocabularyOf } from "../ir/constants.js";
import type { Irqchip } from "../ir/irq.js";
import type { CacheRegion, MemoryRegion } from "../ir/memory.js";
import type { IrNode } from "../ir/node.js";
import type { PciCapability, PciDevice } from "../ir/pci.js";
import { allowedPorts, bitmapOf, portCount, rangesOf } from "../ir/port-io.js";
import {
  extendedMark,
  extendedSpace,
  impliedPinBase,
  modelledTables,
  writeProtocol,
} from "../ir/revision-facts.js";
import { saysNothing } from "../ir/says-nothing.js";
import { StructWriter, textOf, type WriteContext } from "./ir-to-wire-writer.js";
import { writeConsole } from "./revise-console.js";
import { hex } from "./revise-losses.js";

export interface CellWritten {
  readonly description: WireStruct;
  readonly tables: Readonly<Record<string, WireTable>>;
}

/** @param writer of the cell descriptor */
export function writeCell(writer: StructWriter, cell: CellDescription): CellWritten {
  writer.text("name", cell.name, "name");
  writer.integer("id", cell.id, "id");
  writer.flags("flags", cell.flags, "cellFlags", "flags");
  writer.integer("vpciIrqBase", cell.vpciIrqBase, "vpci_irq_base");
  writer.integer("cpuResetAddress", cell.cpuResetAddress, "cpu_reset_address");
  writer.integer("msgReplyTimeout", cell.msgReplyTimeout, "msg_reply_timeout");
  writeCellConsole(writer, cell);
  const tables = new TableWriter(writer);
  writeCpus(tables, cell);
  tables.structs("memoryRegions", "mem_regions", cell.memoryRegions, writeMemoryRegion);
  tables.structs("cacheRegions", "cache_regions", cell.cacheRegions, writeCacheRegion);
  tables.structs("irqchips", "irqchips", cell.irqchips, writeIrqchip);
  tables.structs("irqLines", "irq_lines", cell.irqLines, (target, line) => {
    target.integer("line", line.line, "num");
    target.integer("irqchip", line.irqchip, "irqchip");
  });
  writePortIo(tables, cell);
  tables.structs("pciDevices", "pci_devices", cell.pciDevices, writePciDevice);
  tables.structs("pciCapabilities", "pci_caps", cell.pciCapabilities, writePciCapability);
  writeStreamIds(tables, cell);
  tables.others(cell);
  return { description: writer.finish(cell, tables.counts()), tables: tables.values };
}

function writeCellConsole(writer: StructWriter, { console }: CellDescription): void {
  const inner = writer.struct("console", "console");
  if (console === null) return;
  if (inner !== undefined) writer.set(inner.name, writeConsole(inner.writer, console, false));
  else if (!saysNothing(console)) {
    writer.lose("no-field", "console", String(console.type), writer.lacks(["console"]));
  }
}

class TableWriter {
  readonly values: Record<string, WireTable> = {};
  private readonly layouts: ReadonlyMap<string, TableLayout>;

  constructor(readonly writer: StructWriter) {
    const { tables } = planOfProfile(writer.context.profile);
    this.layouts = new Map(tables.map(({ table }) => [table.name, table] as const));
    for (const { table, element } of tables)
      this.values[table.name] = element === null ? new Uint8Array() : [];
  }

  get context(): WriteContext {
    return this.writer.context;
  }

  counts(): ReadonlySet<string> {
    return new Set([...this.layouts.values()].map(({ count }) => count));
  }

  layout(name: string): TableLayout | undefined {
    return this.layouts.get(name);
  }

  structs<Node extends IrNode>(
    field: string,
    table: string,
    nodes: readonly Node[],
    write: (writer: StructWriter, node: Node) => void,
  ): void {
    const layout = this.layouts.get(table)?.layout;
    if (layout === undefined || layout === null) {
      if (nodes.length > 0) this.lose(field, `${nodes.length} elements`, `no table ${table}`);
      return;
    }
    this.values[table] = nodes.map((node, index) => {
      const element = new StructWriter(this.context, layout, `${this.writer.path}${field}[${index}].`);
      write(element, node);
      return element.finish(node);
    });
  }

  lose(field: string, value: string, lack: string): void {
    this.writer.lose("no-field", field, value, `${this.context.profile.id} has ${lack}`);
  }

  /** The tables of forks: they fit only where a profile has the same one. */
  others({ extraTables }: CellDescription): void {
    for (const [name, table] of Object.entries(extraTables)) {
      if (this.context.same) this.values[name] = table;
      else if (table.length > 0) {
        this.writer.lose(
          "not-modelled",
          name,
          `${table.length} elements`,
          `${name} is a table of another profile`,
        );
      }
    }
    for (const name of Object.keys(extraTables)) {
      if (modelledTables.has(name)) throw new Error(`${name} is no extra table`);
    }
  }
}

function writeCpus(tables: TableWriter, { cpus }: CellDescription): void {
  const layout = tables.layout("cpus");
  if (cpus.kind === "list") {
    if (layout?.unit === "bytes") {
      if (cpus.cpus.length === 0) return;
      const ids = cpus.cpus.map(({ physicalId }) => hex(physicalId)).join(", ");
      tables.lose("cpus", ids, "a set of logical CPU numbers instead of physical ids");
      return;
    }
    tables.structs("cpus", "cpus", cpus.cpus, (writer, cpu) =>
      writer.integer("physicalId", cpu.physicalId, "phys_id"),
    );
  } else if (layout?.unit === "bytes") {
    tables.values.cpus = cpus.bytes;
  } else if (cpus.bytes.length > 0) {
    tables.lose("cpus", textOf([...cpus.bytes]), "physical ids instead of a set of logical CPU numbers");
  }
}

function writePortIo(tables: TableWriter, { portIo }: CellDescription): void {
  const { writer } = tables;
  const bitmap = tables.layout("pio_bitmap") !== undefined;
  if (portIo.kind === "bitmap") {
    if (bitmap) tables.values.pio_bitmap = portIo.bytes;
    else tables.values.pio_regions = rangesOf(allowedPorts(portIo)).map((range) => ({ ...range }));
    if (!bitmap && portIo.bytes.length > portCount / 8) {
      writer.lose(
        "does-not-fit",
        "portIo",
        `${portIo.bytes.length} bytes`,
        `x86 has ${hex(portCount)} ports`,
      );
    }
    return;
  }
  if (!bitmap) {
    tables.structs("portIo.ranges", "pio_regions", portIo.ranges, (element, range) => {
      element.integer("base", range.base, "base");
      element.integer("length", range.length, "length");
    });
    return;
  }
  tables.values.pio_bitmap = bitmapOf(allowedPorts(portIo));
  portIo.ranges.forEach((range, index) => {
    const path = `portIo.ranges[${index}]`;
    if (range.base + range.length > portCount) {
      writer.lose(
        "does-not-fit",
        path,
        `${hex(range.base)} + ${hex(range.length)}`,
        `x86 has ${hex(portCount)} ports`,
      );
    }
    for (const name of Object.keys(range.extra)) {
      writer.lose("not-modelled", `${path}.${name}`, name, "a bitmap has no place for it");
    }
  });
}

function writeStreamIds(tables: TableWriter, { streamIds }: CellDescription): void {
  const layout = tables.layout("stream_ids");
  if (layout?.layout === null) loseMasks(tables, streamIds);
  if (layout === undefined || layout.layout !== null) {
    tables.structs("streamIds", "stream_ids", streamIds, (writer, { id }) => writer.integer("id", id, "id"));
    return;
  }
  tables.values.stream_ids = streamIds.map(({ id }) => id);
}

/** Which SMMU a cell is behind it does not say: a high half can be a mask, or part of an id of SMMUv3. */
function loseMasks({ writer, context }: TableWriter, streamIds: readonly StreamId[]): void {
  streamIds.forEach(({ id, mayHoldMask }, index) => {
    if (!mayHoldMask || id <= 0xffff) return;
    const why = `its high half, the mask of an MMU-500, is ignored or part of the id in ${context.profile.id}`;
    writer.lose("other-meaning", `streamIds[${index}].id`, hex(id), why);
  });
}

export function writeMemoryRegion(writer: StructWriter, region: MemoryRegion): void {
  writer.integer("physStart", region.physStart, "phys_start");
  writer.integer("virtStart", region.virtStart, "virt_start");
  writer.integer("size", region.size, "size");
  writer.flags("flags", region.flags, "memoryFlags", "flags", "access_flags");
}

function writeCacheRegion(writer: StructWriter, region: CacheRegion): void {
  writer.integer("start", region.start, "start");
  writer.integer("size", region.size, "size");
  writer.choice("type", region.type, "cacheTypes", "type");
  writer.flags("flags", region.flags, "cacheFlags", "flags");
}

function writeIrqchip(writer: StructWriter, irqchip: Irqchip): void {
  writer.integer("address", irqchip.address, "address");
  writer.integer("id", irqchip.id, "id");
  if (writer.has("pin_base")) writer.integer("pinBase", irqchip.pinBase, "pin_base");
  else if (irqchip.pinBase !== impliedPinBase(writer.context.family)) {
    const base = impliedPinBase(writer.context.family);
    const why = `the pins of ${writer.context.profile.id} start at ${base}`;
    writer.lose("fixed-in-profile", "pinBase", String(irqchip.pinBase), why);
  }
  const bitmap = writer.fieldOf(["pin_bitmap"]);
  if (bitmap?.kind !== "integers") {
    writer.integer("pinBitmap", irqchip.pinBitmap, "pin_bitmap");
    return;
  }
  const words = Array.from({ length: bitmap.length }, (_, index) =>
    Number((irqchip.pinBitmap >> BigInt(index * 32)) & 0xffffffffn),
  );
  if (irqchip.pinBitmap >> BigInt(bitmap.length * 32) !== 0n) {
    writer.lose(
      "does-not-fit",
      "pinBitmap",
      hex(irqchip.pinBitmap),
      `there is room for ${bitmap.length * 32} pins`,
    );
  }
  writer.set("pin_bitmap", words);
}

function writePciDevice(writer: StructWriter, device: PciDevice): void {
  writer.choice("type", device.type, "pciTypes", "type");
  writer.integer("iommu", device.iommu, "iommu");
  writer.integer("domain", device.domain, "domain");
  if (writer.has("bdf")) writer.integer("bdf", device.bdf, "bdf");
  else {
    writer.integer("bdf", device.bdf >> 8, "bus");
    writer.integer("bdf", device.bdf & 0xff, "devfn");
  }
  writer.integers("barMask", device.barMask, "bar_mask");
  writer.integer("capsStart", device.capsStart, "caps_start");
  writer.integer("numCaps", device.numCaps, "num_caps");
  writer.integer("numMsiVectors", device.numMsiVectors, "num_msi_vectors");
  writer.integer("msi64bits", device.msi64bits, "msi_64bits");
  writer.integer("msiMaskable", device.msiMaskable, "msi_maskable");
  writer.integer("numMsixVectors", device.numMsixVectors, "num_msix_vectors");
  writer.integer("msixRegionSize", device.msixRegionSize, "msix_region_size");
  writer.integer("msixAddress", device.msixAddress, "msix_address");
  writer.integer("shmemRegionsStart", device.shmemRegionsStart, "shmem_regions_start", "shmem_region");
  loseShmemGeneration(writer, device);
  writer.integer("shmemDevId", device.shmemDevId, "shmem_dev_id");
  writer.integer("shmemPeers", device.shmemPeers, "shmem_peers");
  writeShmemProtocol(writer, device);
}

/** A device of one generation is not one of the other, whatever the numbers say. */
function loseShmemGeneration(writer: StructWriter, { type, shmemGeneration }: PciDevice): void {
  const target = writer.has("shmem_regions_start") ? "several-regions" : "one-region";
  if (type !== "JAILHOUSE_PCI_TYPE_IVSHMEM" || shmemGeneration === null || shmemGeneration === target) return;
  const why = "shared-memory devices were one region until mid 2019 and are a run of regions since";
  writer.lose("other-meaning", "shmemRegionsStart", shmemGeneration, why);
}

function writeShmemProtocol(writer: StructWriter, { shmemProtocol }: PciDevice): void {
  const { profile } = writer.context;
  const value = writeProtocol(shmemProtocol, profile.constants);
  const shown = `${shmemProtocol.kind} ${shmemProtocol.detail}`;
  if (value === undefined) {
    writer.lose("no-such-name", "shmemProtocol", shown, `${profile.id} has no such protocol`);
  } else if (writer.has("shmem_protocol")) writer.integer("shmemProtocol", value, "shmem_protocol");
  else if (shmemProtocol.kind !== "undefined") {
    writer.lose("no-field", "shmemProtocol", shown, writer.lacks(["shmem_protocol"]));
  }
}

function writePciCapability(writer: StructWriter, capability: PciCapability): void {
  const { profile } = writer.context;
  const mark = extendedMark(profile.constants);
  const { id, extended, start } = capability;
  if (mark !== 0 && (id & mark) !== 0) {
    writer.lose("does-not-fit", "id", hex(id), `bit ${hex(mark)} marks an extended capability`);
  }
  if (mark === 0 && extended !== start >= extendedSpace) {
    const why = `${profile.id} takes capabilities from offset ${hex(extendedSpace)} on for extended ones, no others`;
    writer.lose("fixed-in-profile", "extended", String(extended), why);
  }
  writer.integer("id", extended ? id | mark : id & ~mark, "id");
  writer.integer("start", start, "start");
  writer.integer("len", capability.len, "len");
  writer.flags("flags", capability.flags, "capabilityFlags", "flags");
}

/** True where the profile has the flag of the system's virtual console. */
export function hasSystemFlag(writer: StructWriter, name: string): boolean {
  return vocabularyOf(writer.context.profile, "systemFlags").values.has(name);
}
