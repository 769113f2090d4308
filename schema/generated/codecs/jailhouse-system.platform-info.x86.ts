// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  arrayOf, bigintOf, numberOf, readStructs, refuseOthers, writeField, writeStructs, writeU16, writeU32,
  writeU64, writeU8
} from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ViewContext } from "../../codec/union-views.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";
import {
  readJailhouseIommu_r0_36, writeJailhouseIommu_r0_36, readJailhouseIommu_r0_37,
  writeJailhouseIommu_r0_37, readJailhouseIommu_r0_38, writeJailhouseIommu_r0_38,
  readJailhouseIommu_r11_2, writeJailhouseIommu_r11_2, readJailhouseIommu_r12_17,
  writeJailhouseIommu_r12_17, readJailhouseIommu_r12_18, writeJailhouseIommu_r12_18,
  readJailhouseIommu_fork_nxp_4_14_78, writeJailhouseIommu_fork_nxp_4_14_78,
  readJailhouseIommu_fork_nxp_5_4_24, writeJailhouseIommu_fork_nxp_5_4_24,
  readJailhouseIommu_fork_ti_0_10, writeJailhouseIommu_fork_ti_0_10
} from "./jailhouse-iommu.js";

/** Reads `jailhouse_system.platform_info.x86` (2 bytes) of r0.11 to r0.13. */
export function readJailhouseSystemPlatformInfoX86_r0_11(view: DataView, at: number): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_11} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_11(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (16 bytes) of r0.14. */
export function readJailhouseSystemPlatformInfoX86_r0_14(view: DataView, at: number): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_14} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_14(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (80 bytes) of r0.15 to r0.20, r0.27. */
export function readJailhouseSystemPlatformInfoX86_r0_15(view: DataView, at: number): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
    dmar_unit_base: [view.getBigUint64(at + 16, true), view.getBigUint64(at + 24, true), view.getBigUint64(at + 32, true), view.getBigUint64(at + 40, true), view.getBigUint64(at + 48, true), view.getBigUint64(at + 56, true), view.getBigUint64(at + 64, true), view.getBigUint64(at + 72, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_15} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_15(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.dmar_unit_base, "dmar_unit_base", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setBigUint64(at + 16 + index * 8, bigintOf(element, 0n, 18446744073709551615n, index), true)));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address", "dmar_unit_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (80 bytes) of r0.21 to r0.26. */
export function readJailhouseSystemPlatformInfoX86_r0_21(view: DataView, at: number): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12)],
    pm_timer_val_ext: view.getUint8(at + 13),
    pm_timer_address: view.getUint16(at + 14, true),
    dmar_unit_base: [view.getBigUint64(at + 16, true), view.getBigUint64(at + 24, true), view.getBigUint64(at + 32, true), view.getBigUint64(at + 40, true), view.getBigUint64(at + 48, true), view.getBigUint64(at + 56, true), view.getBigUint64(at + 64, true), view.getBigUint64(at + 72, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_21} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_21(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 4).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU8(view, at + 13, value.pm_timer_val_ext, "pm_timer_val_ext");
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.dmar_unit_base, "dmar_unit_base", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setBigUint64(at + 16 + index * 8, bigintOf(element, 0n, 18446744073709551615n, index), true)));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_val_ext", "pm_timer_address", "dmar_unit_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (80 bytes) of r0.28 to r0.35. */
export function readJailhouseSystemPlatformInfoX86_r0_28(view: DataView, at: number): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
    iommu_base: [view.getBigUint64(at + 16, true), view.getBigUint64(at + 24, true), view.getBigUint64(at + 32, true), view.getBigUint64(at + 40, true), view.getBigUint64(at + 48, true), view.getBigUint64(at + 56, true), view.getBigUint64(at + 64, true), view.getBigUint64(at + 72, true)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_28} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_28(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.iommu_base, "iommu_base", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setBigUint64(at + 16 + index * 8, bigintOf(element, 0n, 18446744073709551615n, index), true)));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address", "iommu_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (80 bytes) of r0.36. */
export function readJailhouseSystemPlatformInfoX86_r0_36(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r0_36, view, at + 16, 8, 8, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_36} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_36(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_36, view, at + 16, 8, 8, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (112 bytes) of r0.37. */
export function readJailhouseSystemPlatformInfoX86_r0_37(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r0_37, view, at + 16, 8, 12, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_37} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_37(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_37, view, at + 16, 8, 12, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (176 bytes) of r0.38 to r0.44. */
export function readJailhouseSystemPlatformInfoX86_r0_38(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    mmconfig_base: view.getBigUint64(at, true),
    mmconfig_end_bus: view.getUint8(at + 8),
    padding: [view.getUint8(at + 9), view.getUint8(at + 10), view.getUint8(at + 11), view.getUint8(at + 12), view.getUint8(at + 13)],
    pm_timer_address: view.getUint16(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r0_38, view, at + 16, 8, 20, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_38} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_38(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.mmconfig_base, "mmconfig_base");
  written += writeU8(view, at + 8, value.mmconfig_end_bus, "mmconfig_end_bus");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 5).forEach((element, index) => view.setUint8(at + 9 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU16(view, at + 14, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_38, view, at + 16, 8, 20, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["mmconfig_base", "mmconfig_end_bus", "padding", "pm_timer_address", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (166 bytes) of r0.45 to r0.48. */
export function readJailhouseSystemPlatformInfoX86_r0_45(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    padding: [view.getUint8(at + 2), view.getUint8(at + 3), view.getUint8(at + 4), view.getUint8(at + 5)],
    iommu_units: readStructs(readJailhouseIommu_r0_38, view, at + 6, 8, 20, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_45} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_45(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 4).forEach((element, index) => view.setUint8(at + 2 + index * 1, numberOf(element, 0, 255, index))));
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_38, view, at + 6, 8, 20, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "padding", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (166 bytes) of r0.49 to r2.2. */
export function readJailhouseSystemPlatformInfoX86_r0_49(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    iommu_units: readStructs(readJailhouseIommu_r0_38, view, at + 6, 8, 20, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r0_49} reads. */
export function writeJailhouseSystemPlatformInfoX86_r0_49(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_38, view, at + 6, 8, 20, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (170 bytes) of r3.1 to r7.2. */
export function readJailhouseSystemPlatformInfoX86_r3_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    iommu_units: readStructs(readJailhouseIommu_r0_38, view, at + 10, 8, 20, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r3_1} reads. */
export function writeJailhouseSystemPlatformInfoX86_r3_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_38, view, at + 10, 8, 20, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.x86` (178 bytes) of r8.1 to r11.1, fork-hky1999-arceos,
 * fork-rntmancuso-coloring.
 */
export function readJailhouseSystemPlatformInfoX86_r8_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r0_38, view, at + 18, 8, 20, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r8_1} reads. */
export function writeJailhouseSystemPlatformInfoX86_r8_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r0_38, view, at + 18, 8, 20, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (210 bytes) of r11.2 to r12.16. */
export function readJailhouseSystemPlatformInfoX86_r11_2(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r11_2, view, at + 18, 8, 24, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r11_2} reads. */
export function writeJailhouseSystemPlatformInfoX86_r11_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r11_2, view, at + 18, 8, 24, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (210 bytes) of r12.17. */
export function readJailhouseSystemPlatformInfoX86_r12_17(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r12_17, view, at + 18, 8, 24, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r12_17} reads. */
export function writeJailhouseSystemPlatformInfoX86_r12_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_17, view, at + 18, 8, 24, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (242 bytes) of r12.18 to r12.19, fork-siemens-riscv. */
export function readJailhouseSystemPlatformInfoX86_r12_18(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 18, 8, 28, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r12_18} reads. */
export function writeJailhouseSystemPlatformInfoX86_r12_18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 18, 8, 28, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (18 bytes) of r13.1. */
export function readJailhouseSystemPlatformInfoX86_r13_1(view: DataView, at: number): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r13_1} reads. */
export function writeJailhouseSystemPlatformInfoX86_r13_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.x86` (16 bytes) of r13.2 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-rntmancuso, fork-rntmancuso-hwalias, fork-siemens-coloring,
 * fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseSystemPlatformInfoX86_r13_2(view: DataView, at: number): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    apic_mode: view.getUint8(at + 2),
    padding: view.getUint8(at + 3),
    vtd_interrupt_limit: view.getUint32(at + 4, true),
    tsc_khz: view.getUint32(at + 8, true),
    apic_khz: view.getUint32(at + 12, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_r13_2} reads. */
export function writeJailhouseSystemPlatformInfoX86_r13_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU8(view, at + 2, value.apic_mode, "apic_mode");
  written += writeU8(view, at + 3, value.padding, "padding");
  written += writeU32(view, at + 4, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU32(view, at + 8, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 12, value.apic_khz, "apic_khz");
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "apic_mode", "padding", "vtd_interrupt_limit", "tsc_khz", "apic_khz"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.x86` (274 bytes) of fork-nxp-4.14.78, fork-nxp-4.14.98,
 * fork-nxp-5.4.3.
 */
export function readJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_fork_nxp_4_14_78, view, at + 18, 8, 32, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78} reads. */
export function writeJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_nxp_4_14_78, view, at + 18, 8, 32, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (338 bytes) of fork-nxp-5.4.24, fork-nxp-5.10.72. */
export function readJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_fork_nxp_5_4_24, view, at + 18, 8, 40, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24} reads. */
export function writeJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_nxp_5_4_24, view, at + 18, 8, 40, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.x86` (306 bytes) of fork-ti-0.10. */
export function readJailhouseSystemPlatformInfoX86_fork_ti_0_10(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    pm_timer_address: view.getUint16(at, true),
    vtd_interrupt_limit: view.getUint32(at + 2, true),
    apic_mode: view.getUint8(at + 6),
    padding: [view.getUint8(at + 7), view.getUint8(at + 8), view.getUint8(at + 9)],
    tsc_khz: view.getUint32(at + 10, true),
    apic_khz: view.getUint32(at + 14, true),
    iommu_units: readStructs(readJailhouseIommu_fork_ti_0_10, view, at + 18, 8, 36, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoX86_fork_ti_0_10} reads. */
export function writeJailhouseSystemPlatformInfoX86_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.pm_timer_address, "pm_timer_address");
  written += writeU32(view, at + 2, value.vtd_interrupt_limit, "vtd_interrupt_limit");
  written += writeU8(view, at + 6, value.apic_mode, "apic_mode");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 7 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU32(view, at + 10, value.tsc_khz, "tsc_khz");
  written += writeU32(view, at + 14, value.apic_khz, "apic_khz");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_ti_0_10, view, at + 18, 8, 36, field));
  refuseOthers("jailhouse_system.platform_info.x86", value, written, ["pm_timer_address", "vtd_interrupt_limit", "apic_mode", "padding", "tsc_khz", "apic_khz", "iommu_units"]);
  writeResidue(value, [], view, at);
}
