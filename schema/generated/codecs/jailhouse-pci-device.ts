// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  arrayOf, numberOf, refuseOthers, writeField, writeU16, writeU32, writeU64, writeU8
} from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_pci_device` (8 bytes) of r0.1 to r0.11. */
export function readJailhousePciDevice_r0_1(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    domain: view.getUint16(at + 4, true),
    bus: view.getUint8(at + 6),
    devfn: view.getUint8(at + 7),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_1} reads. */
export function writeJailhousePciDevice_r0_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU16(view, at + 4, value.domain, "domain");
  written += writeU8(view, at + 6, value.bus, "bus");
  written += writeU8(view, at + 7, value.devfn, "devfn");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "domain", "bus", "devfn"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (12 bytes) of r0.12. */
export function readJailhousePciDevice_r0_12(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    domain: view.getUint16(at + 4, true),
    bus: view.getUint8(at + 6),
    devfn: view.getUint8(at + 7),
    caps_start: view.getUint16(at + 8, true),
    num_caps: view.getUint16(at + 10, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_12} reads. */
export function writeJailhousePciDevice_r0_12(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU16(view, at + 4, value.domain, "domain");
  written += writeU8(view, at + 6, value.bus, "bus");
  written += writeU8(view, at + 7, value.devfn, "devfn");
  written += writeU16(view, at + 8, value.caps_start, "caps_start");
  written += writeU16(view, at + 10, value.num_caps, "num_caps");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "domain", "bus", "devfn", "caps_start", "num_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (12 bytes) of r0.13 to r0.16. */
export function readJailhousePciDevice_r0_13(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    domain: view.getUint16(at + 4, true),
    bdf: view.getUint16(at + 6, true),
    caps_start: view.getUint16(at + 8, true),
    num_caps: view.getUint16(at + 10, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_13} reads. */
export function writeJailhousePciDevice_r0_13(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU16(view, at + 4, value.domain, "domain");
  written += writeU16(view, at + 6, value.bdf, "bdf");
  written += writeU16(view, at + 8, value.caps_start, "caps_start");
  written += writeU16(view, at + 10, value.num_caps, "num_caps");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "domain", "bdf", "caps_start", "num_caps"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (16 bytes) of r0.17 to r0.18. */
export function readJailhousePciDevice_r0_17(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    domain: view.getUint16(at + 4, true),
    bdf: view.getUint16(at + 6, true),
    caps_start: view.getUint16(at + 8, true),
    num_caps: view.getUint16(at + 10, true),
    num_msi_vectors: view.getUint8(at + 12),
    msi_64bits: view.getUint8(at + 13),
    padding: view.getUint16(at + 14, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_17} reads. */
export function writeJailhousePciDevice_r0_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU16(view, at + 4, value.domain, "domain");
  written += writeU16(view, at + 6, value.bdf, "bdf");
  written += writeU16(view, at + 8, value.caps_start, "caps_start");
  written += writeU16(view, at + 10, value.num_caps, "num_caps");
  written += writeU8(view, at + 12, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 13, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 14, value.padding, "padding");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "domain", "bdf", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "padding"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (24 bytes) of r0.19. */
export function readJailhousePciDevice_r0_19(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint16(at, true),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    caps_start: view.getUint16(at + 6, true),
    num_caps: view.getUint16(at + 8, true),
    num_msi_vectors: view.getUint8(at + 10),
    msi_64bits: view.getUint8(at + 11),
    num_msix_vectors: view.getUint16(at + 12, true),
    msix_region_size: view.getUint16(at + 14, true),
    msix_address: view.getBigUint64(at + 16, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_19} reads. */
export function writeJailhousePciDevice_r0_19(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.type, "type");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeU16(view, at + 6, value.caps_start, "caps_start");
  written += writeU16(view, at + 8, value.num_caps, "num_caps");
  written += writeU8(view, at + 10, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 11, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 12, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 14, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 16, value.msix_address, "msix_address");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "domain", "bdf", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "num_msix_vectors", "msix_region_size", "msix_address"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (24 bytes) of r0.20 to r0.23. */
export function readJailhousePciDevice_r0_20(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    caps_start: view.getUint16(at + 6, true),
    num_caps: view.getUint16(at + 8, true),
    num_msi_vectors: view.getUint8(at + 10),
    msi_64bits: view.getUint8(at + 11),
    num_msix_vectors: view.getUint16(at + 12, true),
    msix_region_size: view.getUint16(at + 14, true),
    msix_address: view.getBigUint64(at + 16, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_20} reads. */
export function writeJailhousePciDevice_r0_20(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeU16(view, at + 6, value.caps_start, "caps_start");
  written += writeU16(view, at + 8, value.num_caps, "num_caps");
  written += writeU8(view, at + 10, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 11, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 12, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 14, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 16, value.msix_address, "msix_address");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "num_msix_vectors", "msix_region_size", "msix_address"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (28 bytes) of r0.24 to r0.28. */
export function readJailhousePciDevice_r0_24(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    caps_start: view.getUint16(at + 6, true),
    num_caps: view.getUint16(at + 8, true),
    num_msi_vectors: view.getUint8(at + 10),
    msi_64bits: view.getUint8(at + 11),
    num_msix_vectors: view.getUint16(at + 12, true),
    msix_region_size: view.getUint16(at + 14, true),
    msix_address: view.getBigUint64(at + 16, true),
    shmem_region: view.getUint32(at + 24, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_24} reads. */
export function writeJailhousePciDevice_r0_24(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeU16(view, at + 6, value.caps_start, "caps_start");
  written += writeU16(view, at + 8, value.num_caps, "num_caps");
  written += writeU8(view, at + 10, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 11, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 12, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 14, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 16, value.msix_address, "msix_address");
  written += writeU32(view, at + 24, value.shmem_region, "shmem_region");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_region"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (52 bytes) of r0.29 to r0.42. */
export function readJailhousePciDevice_r0_29(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: view.getUint8(at + 35),
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_region: view.getUint32(at + 48, true),
  };
}

/** Writes what {@link readJailhousePciDevice_r0_29} reads. */
export function writeJailhousePciDevice_r0_29(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 35, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_region, "shmem_region");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_region"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_pci_device` (56 bytes) of r0.43 to r10.6, fork-hky1999-arceos, fork-nxp-4.14.78,
 * fork-nxp-4.14.98, fork-rntmancuso-coloring, fork-ti-0.10.
 */
export function readJailhousePciDevice_r0_43(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: view.getUint8(at + 35),
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_region: view.getUint32(at + 48, true),
    shmem_protocol: view.getUint16(at + 52, true),
    padding: [view.getUint8(at + 54), view.getUint8(at + 55)],
  };
}

/** Writes what {@link readJailhousePciDevice_r0_43} reads. */
export function writeJailhousePciDevice_r0_43(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  written += writeU8(view, at + 35, value.msi_64bits, "msi_64bits");
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_region, "shmem_region");
  written += writeU16(view, at + 52, value.shmem_protocol, "shmem_protocol");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint8(at + 54 + index * 1, numberOf(element, 0, 255, index))));
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_region", "shmem_protocol", "padding"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_pci_device` (56 bytes) of r10.7 to r12.7, fork-nxp-5.4.3. */
export function readJailhousePciDevice_r10_7(view: DataView, at: number): WireStruct {
  return withResidue({
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: (view.getUint8(at + 35) << 31) >>> 31,
    msi_maskable: (view.getUint8(at + 35) << 30) >>> 31,
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_region: view.getUint32(at + 48, true),
    shmem_protocol: view.getUint16(at + 52, true),
    padding: [view.getUint8(at + 54), view.getUint8(at + 55)],
  }, [[35, 1, 252]], view, at);
}

/** Writes what {@link readJailhousePciDevice_r10_7} reads. */
export function writeJailhousePciDevice_r10_7(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  if (value.msi_64bits !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfe) | ((numberOf(value.msi_64bits, 0, 1, "msi_64bits") << 0) & 0x1));
    written += 1;
  }
  if (value.msi_maskable !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfd) | ((numberOf(value.msi_maskable, 0, 1, "msi_maskable") << 1) & 0x2));
    written += 1;
  }
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_region, "shmem_region");
  written += writeU16(view, at + 52, value.shmem_protocol, "shmem_protocol");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint8(at + 54 + index * 1, numberOf(element, 0, 255, index))));
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "msi_maskable", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_region", "shmem_protocol", "padding"]);
  writeResidue(value, [[35, 1, 252]], view, at);
}

/** Reads `jailhouse_pci_device` (56 bytes) of r12.8 to r12.9. */
export function readJailhousePciDevice_r12_8(view: DataView, at: number): WireStruct {
  return withResidue({
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: (view.getUint8(at + 35) << 31) >>> 31,
    msi_maskable: (view.getUint8(at + 35) << 30) >>> 31,
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_region: view.getUint32(at + 48, true),
    shmem_dev_id: view.getUint8(at + 52),
    padding: view.getUint8(at + 53),
    shmem_protocol: view.getUint16(at + 54, true),
  }, [[35, 1, 252]], view, at);
}

/** Writes what {@link readJailhousePciDevice_r12_8} reads. */
export function writeJailhousePciDevice_r12_8(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  if (value.msi_64bits !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfe) | ((numberOf(value.msi_64bits, 0, 1, "msi_64bits") << 0) & 0x1));
    written += 1;
  }
  if (value.msi_maskable !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfd) | ((numberOf(value.msi_maskable, 0, 1, "msi_maskable") << 1) & 0x2));
    written += 1;
  }
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_region, "shmem_region");
  written += writeU8(view, at + 52, value.shmem_dev_id, "shmem_dev_id");
  written += writeU8(view, at + 53, value.padding, "padding");
  written += writeU16(view, at + 54, value.shmem_protocol, "shmem_protocol");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "msi_maskable", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_region", "shmem_dev_id", "padding", "shmem_protocol"]);
  writeResidue(value, [[35, 1, 252]], view, at);
}

/** Reads `jailhouse_pci_device` (56 bytes) of r12.10 to r12.12. */
export function readJailhousePciDevice_r12_10(view: DataView, at: number): WireStruct {
  return withResidue({
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: (view.getUint8(at + 35) << 31) >>> 31,
    msi_maskable: (view.getUint8(at + 35) << 30) >>> 31,
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_regions_start: view.getUint32(at + 48, true),
    shmem_dev_id: view.getUint8(at + 52),
    padding: view.getUint8(at + 53),
    shmem_protocol: view.getUint16(at + 54, true),
  }, [[35, 1, 252]], view, at);
}

/** Writes what {@link readJailhousePciDevice_r12_10} reads. */
export function writeJailhousePciDevice_r12_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  if (value.msi_64bits !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfe) | ((numberOf(value.msi_64bits, 0, 1, "msi_64bits") << 0) & 0x1));
    written += 1;
  }
  if (value.msi_maskable !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfd) | ((numberOf(value.msi_maskable, 0, 1, "msi_maskable") << 1) & 0x2));
    written += 1;
  }
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_regions_start, "shmem_regions_start");
  written += writeU8(view, at + 52, value.shmem_dev_id, "shmem_dev_id");
  written += writeU8(view, at + 53, value.padding, "padding");
  written += writeU16(view, at + 54, value.shmem_protocol, "shmem_protocol");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "msi_maskable", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_regions_start", "shmem_dev_id", "padding", "shmem_protocol"]);
  writeResidue(value, [[35, 1, 252]], view, at);
}

/**
 * Reads `jailhouse_pci_device` (56 bytes) of r12.13 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-nxp-5.4.24, fork-nxp-5.10.72, fork-rntmancuso,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhousePciDevice_r12_13(view: DataView, at: number): WireStruct {
  return withResidue({
    type: view.getUint8(at),
    iommu: view.getUint8(at + 1),
    domain: view.getUint16(at + 2, true),
    bdf: view.getUint16(at + 4, true),
    bar_mask: [view.getUint32(at + 6, true), view.getUint32(at + 10, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true), view.getUint32(at + 26, true)],
    caps_start: view.getUint16(at + 30, true),
    num_caps: view.getUint16(at + 32, true),
    num_msi_vectors: view.getUint8(at + 34),
    msi_64bits: (view.getUint8(at + 35) << 31) >>> 31,
    msi_maskable: (view.getUint8(at + 35) << 30) >>> 31,
    num_msix_vectors: view.getUint16(at + 36, true),
    msix_region_size: view.getUint16(at + 38, true),
    msix_address: view.getBigUint64(at + 40, true),
    shmem_regions_start: view.getUint32(at + 48, true),
    shmem_dev_id: view.getUint8(at + 52),
    shmem_peers: view.getUint8(at + 53),
    shmem_protocol: view.getUint16(at + 54, true),
  }, [[35, 1, 252]], view, at);
}

/** Writes what {@link readJailhousePciDevice_r12_13} reads. */
export function writeJailhousePciDevice_r12_13(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.type, "type");
  written += writeU8(view, at + 1, value.iommu, "iommu");
  written += writeU16(view, at + 2, value.domain, "domain");
  written += writeU16(view, at + 4, value.bdf, "bdf");
  written += writeField(value.bar_mask, "bar_mask", (field) => arrayOf<WireValue>(field, 6).forEach((element, index) => view.setUint32(at + 6 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  written += writeU16(view, at + 30, value.caps_start, "caps_start");
  written += writeU16(view, at + 32, value.num_caps, "num_caps");
  written += writeU8(view, at + 34, value.num_msi_vectors, "num_msi_vectors");
  if (value.msi_64bits !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfe) | ((numberOf(value.msi_64bits, 0, 1, "msi_64bits") << 0) & 0x1));
    written += 1;
  }
  if (value.msi_maskable !== undefined) {
    view.setUint8(at + 35, (view.getUint8(at + 35) & 0xfd) | ((numberOf(value.msi_maskable, 0, 1, "msi_maskable") << 1) & 0x2));
    written += 1;
  }
  written += writeU16(view, at + 36, value.num_msix_vectors, "num_msix_vectors");
  written += writeU16(view, at + 38, value.msix_region_size, "msix_region_size");
  written += writeU64(view, at + 40, value.msix_address, "msix_address");
  written += writeU32(view, at + 48, value.shmem_regions_start, "shmem_regions_start");
  written += writeU8(view, at + 52, value.shmem_dev_id, "shmem_dev_id");
  written += writeU8(view, at + 53, value.shmem_peers, "shmem_peers");
  written += writeU16(view, at + 54, value.shmem_protocol, "shmem_protocol");
  refuseOthers("jailhouse_pci_device", value, written, ["type", "iommu", "domain", "bdf", "bar_mask", "caps_start", "num_caps", "num_msi_vectors", "msi_64bits", "msi_maskable", "num_msix_vectors", "msix_region_size", "msix_address", "shmem_regions_start", "shmem_dev_id", "shmem_peers", "shmem_protocol"]);
  writeResidue(value, [[35, 1, 252]], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_pci_device`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.1": case "r0.2": case "r0.3": case "r0.4": case "r0.5": case "r0.6": case "r0.7":
    case "r0.8": case "r0.9": case "r0.10": case "r0.11":
      return 0;
    case "r0.12":
      return 1;
    case "r0.13": case "r0.14": case "r0.15": case "r0.16":
      return 2;
    case "r0.17": case "r0.18":
      return 3;
    case "r0.19":
      return 4;
    case "r0.20": case "r0.21": case "r0.22": case "r0.23":
      return 5;
    case "r0.24": case "r0.25": case "r0.26": case "r0.27": case "r0.28":
      return 6;
    case "r0.29": case "r0.30": case "r0.31": case "r0.32": case "r0.33": case "r0.34": case "r0.35":
    case "r0.36": case "r0.37": case "r0.38": case "r0.39": case "r0.40": case "r0.41": case "r0.42":
      return 7;
    case "r0.43": case "r0.44": case "r0.45": case "r0.46": case "r0.47": case "r0.48": case "r0.49":
    case "r1.1": case "r1.2": case "r1.3": case "r1.4": case "r1.5": case "r1.6":
    case "r2.1": case "r2.2":
    case "r3.1": case "r3.2": case "r3.3": case "r3.4":
    case "r4.1":
    case "r5.1":
    case "r6.1": case "r6.2":
    case "r7.1": case "r7.2":
    case "r8.1": case "r8.2": case "r8.3": case "r8.4":
    case "r9.1": case "r9.2": case "r9.3": case "r9.4":
    case "r10.1": case "r10.2": case "r10.3": case "r10.4": case "r10.5": case "r10.6":
    case "fork-hky1999-arceos": case "fork-nxp-4.14.78": case "fork-nxp-4.14.98":
    case "fork-rntmancuso-coloring": case "fork-ti-0.10":
      return 8;
    case "r10.7": case "r10.8":
    case "r11.1": case "r11.2": case "r11.3":
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "fork-nxp-5.4.3":
      return 9;
    case "r12.8": case "r12.9":
      return 10;
    case "r12.10": case "r12.11": case "r12.12":
      return 11;
    case "r12.13": case "r12.14": case "r12.15": case "r12.16": case "r12.17": case "r12.18":
    case "r12.19":
    case "r13.1": case "r13.2": case "r13.3": case "r13.4": case "r13.5": case "r13.6": case "r13.7":
    case "r13.8": case "r13.9":
    case "r14.1":
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-lfd-s32g":
    case "fork-lfd-v4": case "fork-lfd-v10": case "fork-lfd-v13": case "fork-lfd-v17":
    case "fork-lfd-v18": case "fork-minervasys-next": case "fork-minervasys-omnivisor":
    case "fork-mtk-smc-ids": case "fork-mtk-vendor-resources": case "fork-nxp-5.4.24":
    case "fork-nxp-5.10.72": case "fork-rntmancuso": case "fork-rntmancuso-hwalias":
    case "fork-siemens-coloring": case "fork-siemens-new-cpu-config":
    case "fork-siemens-new-cpu-config-rev15": case "fork-siemens-riscv":
      return 12;
    default:
      return -1;
  }
}

/** What reads `jailhouse_pci_device` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhousePciDevice(profile: string): ReadStruct | undefined {
  return [
    readJailhousePciDevice_r0_1,
    readJailhousePciDevice_r0_12,
    readJailhousePciDevice_r0_13,
    readJailhousePciDevice_r0_17,
    readJailhousePciDevice_r0_19,
    readJailhousePciDevice_r0_20,
    readJailhousePciDevice_r0_24,
    readJailhousePciDevice_r0_29,
    readJailhousePciDevice_r0_43,
    readJailhousePciDevice_r10_7,
    readJailhousePciDevice_r12_8,
    readJailhousePciDevice_r12_10,
    readJailhousePciDevice_r12_13,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_pci_device` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhousePciDevice(profile: string): WriteStruct | undefined {
  return [
    writeJailhousePciDevice_r0_1,
    writeJailhousePciDevice_r0_12,
    writeJailhousePciDevice_r0_13,
    writeJailhousePciDevice_r0_17,
    writeJailhousePciDevice_r0_19,
    writeJailhousePciDevice_r0_20,
    writeJailhousePciDevice_r0_24,
    writeJailhousePciDevice_r0_29,
    writeJailhousePciDevice_r0_43,
    writeJailhousePciDevice_r10_7,
    writeJailhousePciDevice_r12_8,
    writeJailhousePciDevice_r12_10,
    writeJailhousePciDevice_r12_13,
  ][layoutOf(profile)];
}
