// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  arrayOf, numberOf, refuseOthers, structOf, writeField, writeU16, writeU32, writeU64, writeU8
} from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";
import { readJailhouseConsole_r9_3, writeJailhouseConsole_r9_3 } from "./jailhouse-console.js";

/** Reads `jailhouse_cell_desc` (64 bytes) of r0.1 to r0.4. */
export function readJailhouseCellDesc_r0_1(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 32),
    cpu_set_size: view.getUint32(at + 32, true),
    num_memory_regions: view.getUint32(at + 36, true),
    num_irq_lines: view.getUint32(at + 40, true),
    pio_bitmap_size: view.getUint32(at + 44, true),
    num_pci_devices: view.getUint32(at + 48, true),
    padding: [view.getUint32(at + 52, true), view.getUint32(at + 56, true), view.getUint32(at + 60, true)],
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_1} reads. */
export function writeJailhouseCellDesc_r0_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 32, field));
  written += writeU32(view, at + 32, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 36, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 40, value.num_irq_lines, "num_irq_lines");
  written += writeU32(view, at + 44, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 48, value.num_pci_devices, "num_pci_devices");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint32(at + 52 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_cell_desc", value, written, ["name", "cpu_set_size", "num_memory_regions", "num_irq_lines", "pio_bitmap_size", "num_pci_devices", "padding"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (64 bytes) of r0.5 to r0.7. */
export function readJailhouseCellDesc_r0_5(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 32),
    flags: view.getUint32(at + 32, true),
    cpu_set_size: view.getUint32(at + 36, true),
    num_memory_regions: view.getUint32(at + 40, true),
    num_irq_lines: view.getUint32(at + 44, true),
    pio_bitmap_size: view.getUint32(at + 48, true),
    num_pci_devices: view.getUint32(at + 52, true),
    padding: [view.getUint32(at + 56, true), view.getUint32(at + 60, true)],
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_5} reads. */
export function writeJailhouseCellDesc_r0_5(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 32, field));
  written += writeU32(view, at + 32, value.flags, "flags");
  written += writeU32(view, at + 36, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 40, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 44, value.num_irq_lines, "num_irq_lines");
  written += writeU32(view, at + 48, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 52, value.num_pci_devices, "num_pci_devices");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint32(at + 56 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_cell_desc", value, written, ["name", "flags", "cpu_set_size", "num_memory_regions", "num_irq_lines", "pio_bitmap_size", "num_pci_devices", "padding"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (56 bytes) of r0.8. */
export function readJailhouseCellDesc_r0_8(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 32),
    flags: view.getUint32(at + 32, true),
    cpu_set_size: view.getUint32(at + 36, true),
    num_memory_regions: view.getUint32(at + 40, true),
    num_irq_lines: view.getUint32(at + 44, true),
    pio_bitmap_size: view.getUint32(at + 48, true),
    num_pci_devices: view.getUint32(at + 52, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_8} reads. */
export function writeJailhouseCellDesc_r0_8(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 32, field));
  written += writeU32(view, at + 32, value.flags, "flags");
  written += writeU32(view, at + 36, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 40, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 44, value.num_irq_lines, "num_irq_lines");
  written += writeU32(view, at + 48, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 52, value.num_pci_devices, "num_pci_devices");
  refuseOthers("jailhouse_cell_desc", value, written, ["name", "flags", "cpu_set_size", "num_memory_regions", "num_irq_lines", "pio_bitmap_size", "num_pci_devices"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (56 bytes) of r0.9 to r0.11. */
export function readJailhouseCellDesc_r0_9(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 32),
    flags: view.getUint32(at + 32, true),
    cpu_set_size: view.getUint32(at + 36, true),
    num_memory_regions: view.getUint32(at + 40, true),
    num_irqchips: view.getUint32(at + 44, true),
    pio_bitmap_size: view.getUint32(at + 48, true),
    num_pci_devices: view.getUint32(at + 52, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_9} reads. */
export function writeJailhouseCellDesc_r0_9(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 32, field));
  written += writeU32(view, at + 32, value.flags, "flags");
  written += writeU32(view, at + 36, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 40, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 44, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 48, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 52, value.num_pci_devices, "num_pci_devices");
  refuseOthers("jailhouse_cell_desc", value, written, ["name", "flags", "cpu_set_size", "num_memory_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (60 bytes) of r0.12 to r0.29. */
export function readJailhouseCellDesc_r0_12(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 32),
    flags: view.getUint32(at + 32, true),
    cpu_set_size: view.getUint32(at + 36, true),
    num_memory_regions: view.getUint32(at + 40, true),
    num_irqchips: view.getUint32(at + 44, true),
    pio_bitmap_size: view.getUint32(at + 48, true),
    num_pci_devices: view.getUint32(at + 52, true),
    num_pci_caps: view.getUint32(at + 56, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_12} reads. */
export function writeJailhouseCellDesc_r0_12(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 32, field));
  written += writeU32(view, at + 32, value.flags, "flags");
  written += writeU32(view, at + 36, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 40, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 44, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 48, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 52, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 56, value.num_pci_caps, "num_pci_caps");
  refuseOthers("jailhouse_cell_desc", value, written, ["name", "flags", "cpu_set_size", "num_memory_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (68 bytes) of r0.30 to r0.31. */
export function readJailhouseCellDesc_r0_30(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    name: readText(view, at + 8, 32),
    flags: view.getUint32(at + 40, true),
    cpu_set_size: view.getUint32(at + 44, true),
    num_memory_regions: view.getUint32(at + 48, true),
    num_irqchips: view.getUint32(at + 52, true),
    pio_bitmap_size: view.getUint32(at + 56, true),
    num_pci_devices: view.getUint32(at + 60, true),
    num_pci_caps: view.getUint32(at + 64, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_30} reads. */
export function writeJailhouseCellDesc_r0_30(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.flags, "flags");
  written += writeU32(view, at + 44, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 48, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 52, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 56, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 60, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 64, value.num_pci_caps, "num_pci_caps");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "name", "flags", "cpu_set_size", "num_memory_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (72 bytes) of r0.32 to r0.40. */
export function readJailhouseCellDesc_r0_32(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    name: readText(view, at + 8, 32),
    flags: view.getUint32(at + 40, true),
    cpu_set_size: view.getUint32(at + 44, true),
    num_memory_regions: view.getUint32(at + 48, true),
    num_cache_regions: view.getUint32(at + 52, true),
    num_irqchips: view.getUint32(at + 56, true),
    pio_bitmap_size: view.getUint32(at + 60, true),
    num_pci_devices: view.getUint32(at + 64, true),
    num_pci_caps: view.getUint32(at + 68, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_32} reads. */
export function writeJailhouseCellDesc_r0_32(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.flags, "flags");
  written += writeU32(view, at + 44, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 48, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 52, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 56, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 60, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 64, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 68, value.num_pci_caps, "num_pci_caps");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "name", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (76 bytes) of r0.41 to r0.46. */
export function readJailhouseCellDesc_r0_41(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_41} reads. */
export function writeJailhouseCellDesc_r0_41(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (80 bytes) of r0.47 to r0.49. */
export function readJailhouseCellDesc_r0_47(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r0_47} reads. */
export function writeJailhouseCellDesc_r0_47(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (80 bytes) of r1.1 to r4.1. */
export function readJailhouseCellDesc_r1_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r1_1} reads. */
export function writeJailhouseCellDesc_r1_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (88 bytes) of r5.1 to r6.2. */
export function readJailhouseCellDesc_r5_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    cpu_reset_address: view.getBigUint64(at + 80, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r5_1} reads. */
export function writeJailhouseCellDesc_r5_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 80, value.cpu_reset_address, "cpu_reset_address");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "cpu_reset_address"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (96 bytes) of r7.1 to r9.4. */
export function readJailhouseCellDesc_r7_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    cpu_reset_address: view.getBigUint64(at + 80, true),
    msg_reply_timeout: view.getBigUint64(at + 88, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_r7_1} reads. */
export function writeJailhouseCellDesc_r7_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 80, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 88, value.msg_reply_timeout, "msg_reply_timeout");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_cell_desc` (128 bytes) of r10.1 to r10.8, fork-hky1999-arceos,
 * fork-rntmancuso-coloring.
 */
export function readJailhouseCellDesc_r10_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    cpu_reset_address: view.getBigUint64(at + 80, true),
    msg_reply_timeout: view.getBigUint64(at + 88, true),
    console: readJailhouseConsole_r9_3(view, at + 96),
  };
}

/** Writes what {@link readJailhouseCellDesc_r10_1} reads. */
export function writeJailhouseCellDesc_r10_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 80, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 88, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 96, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (128 bytes) of r11.1 to r11.3. */
export function readJailhouseCellDesc_r11_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    cpu_reset_address: view.getBigUint64(at + 80, true),
    msg_reply_timeout: view.getBigUint64(at + 88, true),
    console: readJailhouseConsole_r9_3(view, at + 96),
  };
}

/** Writes what {@link readJailhouseCellDesc_r11_1} reads. */
export function writeJailhouseCellDesc_r11_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 80, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 88, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 96, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_cell_desc` (132 bytes) of r12.1 to r13.9, fork-nxp-5.4.24, fork-nxp-5.10.72,
 * fork-siemens-coloring.
 */
export function readJailhouseCellDesc_r12_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    vpci_irq_base: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    msg_reply_timeout: view.getBigUint64(at + 92, true),
    console: readJailhouseConsole_r9_3(view, at + 100),
  };
}

/** Writes what {@link readJailhouseCellDesc_r12_1} reads. */
export function writeJailhouseCellDesc_r12_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 92, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 100, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (132 bytes) of r14.1, fork-lfd-s32g. */
export function readJailhouseCellDesc_r14_1(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    vpci_irq_base: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    msg_reply_timeout: view.getBigUint64(at + 92, true),
    console: readJailhouseConsole_r9_3(view, at + 100),
  };
}

/** Writes what {@link readJailhouseCellDesc_r14_1} reads. */
export function writeJailhouseCellDesc_r14_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 92, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 100, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (152 bytes) of fork-danieleottaviano. */
export function readJailhouseCellDesc_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    rcpu_set_size: view.getUint32(at + 52, true),
    fpga_regions_size: view.getUint32(at + 56, true),
    num_memory_regions: view.getUint32(at + 60, true),
    num_cache_regions: view.getUint32(at + 64, true),
    num_irqchips: view.getUint32(at + 68, true),
    num_pio_regions: view.getUint32(at + 72, true),
    num_pci_devices: view.getUint32(at + 76, true),
    num_pci_caps: view.getUint32(at + 80, true),
    num_stream_ids: view.getUint32(at + 84, true),
    num_qos_devices: view.getUint32(at + 88, true),
    num_rcpu_devices: view.getUint32(at + 92, true),
    num_fpga_devices: view.getUint32(at + 96, true),
    vpci_irq_base: view.getUint32(at + 100, true),
    cpu_reset_address: view.getBigUint64(at + 104, true),
    msg_reply_timeout: view.getBigUint64(at + 112, true),
    console: readJailhouseConsole_r9_3(view, at + 120),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_danieleottaviano} reads. */
export function writeJailhouseCellDesc_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.rcpu_set_size, "rcpu_set_size");
  written += writeU32(view, at + 56, value.fpga_regions_size, "fpga_regions_size");
  written += writeU32(view, at + 60, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 64, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 68, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 72, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 76, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 80, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 84, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 88, value.num_qos_devices, "num_qos_devices");
  written += writeU32(view, at + 92, value.num_rcpu_devices, "num_rcpu_devices");
  written += writeU32(view, at + 96, value.num_fpga_devices, "num_fpga_devices");
  written += writeU32(view, at + 100, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 104, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 112, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 120, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "rcpu_set_size", "fpga_regions_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_qos_devices", "num_rcpu_devices", "num_fpga_devices", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (144 bytes) of fork-danieleottaviano-zynqmp. */
export function readJailhouseCellDesc_fork_danieleottaviano_zynqmp(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    rcpu_set_size: view.getUint32(at + 52, true),
    fpga_regions_size: view.getUint32(at + 56, true),
    num_memory_regions: view.getUint32(at + 60, true),
    num_cache_regions: view.getUint32(at + 64, true),
    num_irqchips: view.getUint32(at + 68, true),
    num_pio_regions: view.getUint32(at + 72, true),
    num_pci_devices: view.getUint32(at + 76, true),
    num_pci_caps: view.getUint32(at + 80, true),
    num_stream_ids: view.getUint32(at + 84, true),
    num_qos_devices: view.getUint32(at + 88, true),
    vpci_irq_base: view.getUint32(at + 92, true),
    cpu_reset_address: view.getBigUint64(at + 96, true),
    msg_reply_timeout: view.getBigUint64(at + 104, true),
    console: readJailhouseConsole_r9_3(view, at + 112),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_danieleottaviano_zynqmp} reads. */
export function writeJailhouseCellDesc_fork_danieleottaviano_zynqmp(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.rcpu_set_size, "rcpu_set_size");
  written += writeU32(view, at + 56, value.fpga_regions_size, "fpga_regions_size");
  written += writeU32(view, at + 60, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 64, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 68, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 72, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 76, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 80, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 84, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 88, value.num_qos_devices, "num_qos_devices");
  written += writeU32(view, at + 92, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 96, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 104, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 112, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "rcpu_set_size", "fpga_regions_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_qos_devices", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_cell_desc` (132 bytes) of fork-lfd-v4, fork-lfd-v13, fork-lfd-v17, fork-lfd-v18,
 * fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseCellDesc_fork_lfd_v4(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    num_cpus: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    vpci_irq_base: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    msg_reply_timeout: view.getBigUint64(at + 92, true),
    console: readJailhouseConsole_r9_3(view, at + 100),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_lfd_v4} reads. */
export function writeJailhouseCellDesc_fork_lfd_v4(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.num_cpus, "num_cpus");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 92, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 100, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "num_cpus", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_cell_desc` (132 bytes) of fork-lfd-v10, fork-siemens-new-cpu-config,
 * fork-siemens-riscv.
 */
export function readJailhouseCellDesc_fork_lfd_v10(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    num_cpus: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    vpci_irq_base: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    msg_reply_timeout: view.getBigUint64(at + 92, true),
    console: readJailhouseConsole_r9_3(view, at + 100),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_lfd_v10} reads. */
export function writeJailhouseCellDesc_fork_lfd_v10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.num_cpus, "num_cpus");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 92, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 100, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "num_cpus", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (136 bytes) of fork-minervasys-next. */
export function readJailhouseCellDesc_fork_minervasys_next(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    num_qos_devices: view.getUint32(at + 80, true),
    vpci_irq_base: view.getUint32(at + 84, true),
    cpu_reset_address: view.getBigUint64(at + 88, true),
    msg_reply_timeout: view.getBigUint64(at + 96, true),
    console: readJailhouseConsole_r9_3(view, at + 104),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_minervasys_next} reads. */
export function writeJailhouseCellDesc_fork_minervasys_next(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.num_qos_devices, "num_qos_devices");
  written += writeU32(view, at + 84, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 88, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 96, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 104, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_qos_devices", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (140 bytes) of fork-minervasys-omnivisor. */
export function readJailhouseCellDesc_fork_minervasys_omnivisor(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    rcpu_set_size: view.getUint32(at + 52, true),
    num_memory_regions: view.getUint32(at + 56, true),
    num_cache_regions: view.getUint32(at + 60, true),
    num_irqchips: view.getUint32(at + 64, true),
    num_pio_regions: view.getUint32(at + 68, true),
    num_pci_devices: view.getUint32(at + 72, true),
    num_pci_caps: view.getUint32(at + 76, true),
    num_stream_ids: view.getUint32(at + 80, true),
    num_qos_devices: view.getUint32(at + 84, true),
    vpci_irq_base: view.getUint32(at + 88, true),
    cpu_reset_address: view.getBigUint64(at + 92, true),
    msg_reply_timeout: view.getBigUint64(at + 100, true),
    console: readJailhouseConsole_r9_3(view, at + 108),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_minervasys_omnivisor} reads. */
export function writeJailhouseCellDesc_fork_minervasys_omnivisor(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.rcpu_set_size, "rcpu_set_size");
  written += writeU32(view, at + 56, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 60, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 64, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 68, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 72, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 76, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 80, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 84, value.num_qos_devices, "num_qos_devices");
  written += writeU32(view, at + 88, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 92, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 100, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 108, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "rcpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_qos_devices", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (136 bytes) of fork-mtk-smc-ids. */
export function readJailhouseCellDesc_fork_mtk_smc_ids(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    num_smc_ids: view.getUint32(at + 80, true),
    vpci_irq_base: view.getUint32(at + 84, true),
    cpu_reset_address: view.getBigUint64(at + 88, true),
    msg_reply_timeout: view.getBigUint64(at + 96, true),
    console: readJailhouseConsole_r9_3(view, at + 104),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_mtk_smc_ids} reads. */
export function writeJailhouseCellDesc_fork_mtk_smc_ids(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.num_smc_ids, "num_smc_ids");
  written += writeU32(view, at + 84, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 88, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 96, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 104, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_smc_ids", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (140 bytes) of fork-mtk-vendor-resources. */
export function readJailhouseCellDesc_fork_mtk_vendor_resources(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    num_smc_ids: view.getUint32(at + 80, true),
    num_vendor_resources: view.getUint32(at + 84, true),
    vpci_irq_base: view.getUint32(at + 88, true),
    cpu_reset_address: view.getBigUint64(at + 92, true),
    msg_reply_timeout: view.getBigUint64(at + 100, true),
    console: readJailhouseConsole_r9_3(view, at + 108),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_mtk_vendor_resources} reads. */
export function writeJailhouseCellDesc_fork_mtk_vendor_resources(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.num_smc_ids, "num_smc_ids");
  written += writeU32(view, at + 84, value.num_vendor_resources, "num_vendor_resources");
  written += writeU32(view, at + 88, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 92, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 100, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 108, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "architecture", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_smc_ids", "num_vendor_resources", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (100 bytes) of fork-nxp-4.14.78. */
export function readJailhouseCellDesc_fork_nxp_4_14_78(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    num_smmu_sids: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    msg_reply_timeout: view.getBigUint64(at + 92, true),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_nxp_4_14_78} reads. */
export function writeJailhouseCellDesc_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU32(view, at + 80, value.num_smmu_sids, "num_smmu_sids");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 92, value.msg_reply_timeout, "msg_reply_timeout");
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "num_smmu_sids", "cpu_reset_address", "msg_reply_timeout"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (152 bytes) of fork-nxp-4.14.98, fork-nxp-5.4.3. */
export function readJailhouseCellDesc_fork_nxp_4_14_98(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    vpci_irq_base: view.getUint32(at + 76, true),
    cpu_reset_address: view.getBigUint64(at + 80, true),
    msg_reply_timeout: view.getBigUint64(at + 88, true),
    pci_cfg_base: view.getBigUint64(at + 96, true),
    pci_cfg_size: view.getBigUint64(at + 104, true),
    ivshmem_irq: view.getUint32(at + 112, true),
    num_smmu_sids: view.getUint32(at + 116, true),
    console: readJailhouseConsole_r9_3(view, at + 120),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_nxp_4_14_98} reads. */
export function writeJailhouseCellDesc_fork_nxp_4_14_98(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 80, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 88, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeU64(view, at + 96, value.pci_cfg_base, "pci_cfg_base");
  written += writeU64(view, at + 104, value.pci_cfg_size, "pci_cfg_size");
  written += writeU32(view, at + 112, value.ivshmem_irq, "ivshmem_irq");
  written += writeU32(view, at + 116, value.num_smmu_sids, "num_smmu_sids");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 120, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "pci_cfg_base", "pci_cfg_size", "ivshmem_irq", "num_smmu_sids", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (136 bytes) of fork-rntmancuso, fork-rntmancuso-hwalias. */
export function readJailhouseCellDesc_fork_rntmancuso(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    num_pio_regions: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    vpci_irq_base: view.getUint32(at + 80, true),
    cpu_reset_address: view.getBigUint64(at + 84, true),
    num_memory_regions_colored: view.getUint32(at + 92, true),
    msg_reply_timeout: view.getBigUint64(at + 96, true),
    console: readJailhouseConsole_r9_3(view, at + 104),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_rntmancuso} reads. */
export function writeJailhouseCellDesc_fork_rntmancuso(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.num_pio_regions, "num_pio_regions");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 84, value.cpu_reset_address, "cpu_reset_address");
  written += writeU32(view, at + 92, value.num_memory_regions_colored, "num_memory_regions_colored");
  written += writeU64(view, at + 96, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 104, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "num_pio_regions", "num_pci_devices", "num_pci_caps", "num_stream_ids", "vpci_irq_base", "cpu_reset_address", "num_memory_regions_colored", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_cell_desc` (136 bytes) of fork-ti-0.10. */
export function readJailhouseCellDesc_fork_ti_0_10(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    name: readText(view, at + 8, 32),
    id: view.getUint32(at + 40, true),
    flags: view.getUint32(at + 44, true),
    cpu_set_size: view.getUint32(at + 48, true),
    num_memory_regions: view.getUint32(at + 52, true),
    num_cache_regions: view.getUint32(at + 56, true),
    num_irqchips: view.getUint32(at + 60, true),
    pio_bitmap_size: view.getUint32(at + 64, true),
    num_pci_devices: view.getUint32(at + 68, true),
    num_pci_caps: view.getUint32(at + 72, true),
    num_stream_ids: view.getUint32(at + 76, true),
    num_regmaps: view.getUint32(at + 80, true),
    vpci_irq_base: view.getUint32(at + 84, true),
    cpu_reset_address: view.getBigUint64(at + 88, true),
    msg_reply_timeout: view.getBigUint64(at + 96, true),
    console: readJailhouseConsole_r9_3(view, at + 104),
  };
}

/** Writes what {@link readJailhouseCellDesc_fork_ti_0_10} reads. */
export function writeJailhouseCellDesc_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.name, "name", (field) => writeText(view, at + 8, 32, field));
  written += writeU32(view, at + 40, value.id, "id");
  written += writeU32(view, at + 44, value.flags, "flags");
  written += writeU32(view, at + 48, value.cpu_set_size, "cpu_set_size");
  written += writeU32(view, at + 52, value.num_memory_regions, "num_memory_regions");
  written += writeU32(view, at + 56, value.num_cache_regions, "num_cache_regions");
  written += writeU32(view, at + 60, value.num_irqchips, "num_irqchips");
  written += writeU32(view, at + 64, value.pio_bitmap_size, "pio_bitmap_size");
  written += writeU32(view, at + 68, value.num_pci_devices, "num_pci_devices");
  written += writeU32(view, at + 72, value.num_pci_caps, "num_pci_caps");
  written += writeU32(view, at + 76, value.num_stream_ids, "num_stream_ids");
  written += writeU32(view, at + 80, value.num_regmaps, "num_regmaps");
  written += writeU32(view, at + 84, value.vpci_irq_base, "vpci_irq_base");
  written += writeU64(view, at + 88, value.cpu_reset_address, "cpu_reset_address");
  written += writeU64(view, at + 96, value.msg_reply_timeout, "msg_reply_timeout");
  written += writeField(value.console, "console", (field) => writeJailhouseConsole_r9_3(view, at + 104, structOf(field)));
  refuseOthers("jailhouse_cell_desc", value, written, ["signature", "revision", "name", "id", "flags", "cpu_set_size", "num_memory_regions", "num_cache_regions", "num_irqchips", "pio_bitmap_size", "num_pci_devices", "num_pci_caps", "num_stream_ids", "num_regmaps", "vpci_irq_base", "cpu_reset_address", "msg_reply_timeout", "console"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_cell_desc`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.1": case "r0.2": case "r0.3": case "r0.4":
      return 0;
    case "r0.5": case "r0.6": case "r0.7":
      return 1;
    case "r0.8":
      return 2;
    case "r0.9": case "r0.10": case "r0.11":
      return 3;
    case "r0.12": case "r0.13": case "r0.14": case "r0.15": case "r0.16": case "r0.17": case "r0.18":
    case "r0.19": case "r0.20": case "r0.21": case "r0.22": case "r0.23": case "r0.24": case "r0.25":
    case "r0.26": case "r0.27": case "r0.28": case "r0.29":
      return 4;
    case "r0.30": case "r0.31":
      return 5;
    case "r0.32": case "r0.33": case "r0.34": case "r0.35": case "r0.36": case "r0.37": case "r0.38":
    case "r0.39": case "r0.40":
      return 6;
    case "r0.41": case "r0.42": case "r0.43": case "r0.44": case "r0.45": case "r0.46":
      return 7;
    case "r0.47": case "r0.48": case "r0.49":
      return 8;
    case "r1.1": case "r1.2": case "r1.3": case "r1.4": case "r1.5": case "r1.6":
    case "r2.1": case "r2.2":
    case "r3.1": case "r3.2": case "r3.3": case "r3.4":
    case "r4.1":
      return 9;
    case "r5.1":
    case "r6.1": case "r6.2":
      return 10;
    case "r7.1": case "r7.2":
    case "r8.1": case "r8.2": case "r8.3": case "r8.4":
    case "r9.1": case "r9.2": case "r9.3": case "r9.4":
      return 11;
    case "r10.1": case "r10.2": case "r10.3": case "r10.4": case "r10.5": case "r10.6": case "r10.7":
    case "r10.8":
    case "fork-hky1999-arceos": case "fork-rntmancuso-coloring":
      return 12;
    case "r11.1": case "r11.2": case "r11.3":
      return 13;
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "r12.8": case "r12.9": case "r12.10": case "r12.11": case "r12.12": case "r12.13":
    case "r12.14": case "r12.15": case "r12.16": case "r12.17": case "r12.18": case "r12.19":
    case "r13.1": case "r13.2": case "r13.3": case "r13.4": case "r13.5": case "r13.6": case "r13.7":
    case "r13.8": case "r13.9":
    case "fork-nxp-5.4.24": case "fork-nxp-5.10.72": case "fork-siemens-coloring":
      return 14;
    case "r14.1":
    case "fork-lfd-s32g":
      return 15;
    case "fork-danieleottaviano":
      return 16;
    case "fork-danieleottaviano-zynqmp":
      return 17;
    case "fork-lfd-v4": case "fork-lfd-v13": case "fork-lfd-v17": case "fork-lfd-v18":
    case "fork-siemens-new-cpu-config-rev15":
      return 18;
    case "fork-lfd-v10": case "fork-siemens-new-cpu-config": case "fork-siemens-riscv":
      return 19;
    case "fork-minervasys-next":
      return 20;
    case "fork-minervasys-omnivisor":
      return 21;
    case "fork-mtk-smc-ids":
      return 22;
    case "fork-mtk-vendor-resources":
      return 23;
    case "fork-nxp-4.14.78":
      return 24;
    case "fork-nxp-4.14.98": case "fork-nxp-5.4.3":
      return 25;
    case "fork-rntmancuso": case "fork-rntmancuso-hwalias":
      return 26;
    case "fork-ti-0.10":
      return 27;
    default:
      return -1;
  }
}

/** What reads `jailhouse_cell_desc` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseCellDesc(profile: string): ReadStruct | undefined {
  return [
    readJailhouseCellDesc_r0_1,
    readJailhouseCellDesc_r0_5,
    readJailhouseCellDesc_r0_8,
    readJailhouseCellDesc_r0_9,
    readJailhouseCellDesc_r0_12,
    readJailhouseCellDesc_r0_30,
    readJailhouseCellDesc_r0_32,
    readJailhouseCellDesc_r0_41,
    readJailhouseCellDesc_r0_47,
    readJailhouseCellDesc_r1_1,
    readJailhouseCellDesc_r5_1,
    readJailhouseCellDesc_r7_1,
    readJailhouseCellDesc_r10_1,
    readJailhouseCellDesc_r11_1,
    readJailhouseCellDesc_r12_1,
    readJailhouseCellDesc_r14_1,
    readJailhouseCellDesc_fork_danieleottaviano,
    readJailhouseCellDesc_fork_danieleottaviano_zynqmp,
    readJailhouseCellDesc_fork_lfd_v4,
    readJailhouseCellDesc_fork_lfd_v10,
    readJailhouseCellDesc_fork_minervasys_next,
    readJailhouseCellDesc_fork_minervasys_omnivisor,
    readJailhouseCellDesc_fork_mtk_smc_ids,
    readJailhouseCellDesc_fork_mtk_vendor_resources,
    readJailhouseCellDesc_fork_nxp_4_14_78,
    readJailhouseCellDesc_fork_nxp_4_14_98,
    readJailhouseCellDesc_fork_rntmancuso,
    readJailhouseCellDesc_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_cell_desc` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseCellDesc(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseCellDesc_r0_1,
    writeJailhouseCellDesc_r0_5,
    writeJailhouseCellDesc_r0_8,
    writeJailhouseCellDesc_r0_9,
    writeJailhouseCellDesc_r0_12,
    writeJailhouseCellDesc_r0_30,
    writeJailhouseCellDesc_r0_32,
    writeJailhouseCellDesc_r0_41,
    writeJailhouseCellDesc_r0_47,
    writeJailhouseCellDesc_r1_1,
    writeJailhouseCellDesc_r5_1,
    writeJailhouseCellDesc_r7_1,
    writeJailhouseCellDesc_r10_1,
    writeJailhouseCellDesc_r11_1,
    writeJailhouseCellDesc_r12_1,
    writeJailhouseCellDesc_r14_1,
    writeJailhouseCellDesc_fork_danieleottaviano,
    writeJailhouseCellDesc_fork_danieleottaviano_zynqmp,
    writeJailhouseCellDesc_fork_lfd_v4,
    writeJailhouseCellDesc_fork_lfd_v10,
    writeJailhouseCellDesc_fork_minervasys_next,
    writeJailhouseCellDesc_fork_minervasys_omnivisor,
    writeJailhouseCellDesc_fork_mtk_smc_ids,
    writeJailhouseCellDesc_fork_mtk_vendor_resources,
    writeJailhouseCellDesc_fork_nxp_4_14_78,
    writeJailhouseCellDesc_fork_nxp_4_14_98,
    writeJailhouseCellDesc_fork_rntmancuso,
    writeJailhouseCellDesc_fork_ti_0_10,
  ][layoutOf(profile)];
}
