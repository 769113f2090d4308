// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  arrayOf, numberOf, readStructs, refuseOthers, writeField, writeStructs, writeU32, writeU64, writeU8
} from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ViewContext } from "../../codec/union-views.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";
import {
  readJailhouseIommu_r11_2, writeJailhouseIommu_r11_2, readJailhouseIommu_r12_17,
  writeJailhouseIommu_r12_17, readJailhouseIommu_r12_18, writeJailhouseIommu_r12_18,
  readJailhouseIommu_fork_nxp_4_14_78, writeJailhouseIommu_fork_nxp_4_14_78,
  readJailhouseIommu_fork_nxp_5_4_24, writeJailhouseIommu_fork_nxp_5_4_24,
  readJailhouseIommu_fork_ti_0_10, writeJailhouseIommu_fork_ti_0_10
} from "./jailhouse-iommu.js";

/** Reads `jailhouse_system.platform_info.arm` (44 bytes) of r0.42 to r0.47. */
export function readJailhouseSystemPlatformInfoArm_r0_42(view: DataView, at: number): WireStruct {
  return {
    gicd_base: view.getBigUint64(at, true),
    gicc_base: view.getBigUint64(at + 8, true),
    gich_base: view.getBigUint64(at + 16, true),
    gicv_base: view.getBigUint64(at + 24, true),
    gicr_base: view.getBigUint64(at + 32, true),
    maintenance_irq: view.getUint8(at + 40),
    padding: [view.getUint8(at + 41), view.getUint8(at + 42), view.getUint8(at + 43)],
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r0_42} reads. */
export function writeJailhouseSystemPlatformInfoArm_r0_42(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 8, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 16, value.gich_base, "gich_base");
  written += writeU64(view, at + 24, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 32, value.gicr_base, "gicr_base");
  written += writeU8(view, at + 40, value.maintenance_irq, "maintenance_irq");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 3).forEach((element, index) => view.setUint8(at + 41 + index * 1, numberOf(element, 0, 255, index))));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "maintenance_irq", "padding"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (42 bytes) of r0.48 to r5.1. */
export function readJailhouseSystemPlatformInfoArm_r0_48(view: DataView, at: number): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    padding: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r0_48} reads. */
export function writeJailhouseSystemPlatformInfoArm_r0_48(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.padding, "padding");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "padding", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.arm` (42 bytes) of r6.1 to r11.2, r13.1, fork-hky1999-arceos,
 * fork-rntmancuso-coloring.
 */
export function readJailhouseSystemPlatformInfoArm_r6_1(view: DataView, at: number): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r6_1} reads. */
export function writeJailhouseSystemPlatformInfoArm_r6_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (234 bytes) of r11.3 to r12.16. */
export function readJailhouseSystemPlatformInfoArm_r11_3(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_r11_2, view, at + 42, 8, 24, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r11_3} reads. */
export function writeJailhouseSystemPlatformInfoArm_r11_3(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r11_2, view, at + 42, 8, 24, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (234 bytes) of r12.17. */
export function readJailhouseSystemPlatformInfoArm_r12_17(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_r12_17, view, at + 42, 8, 24, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r12_17} reads. */
export function writeJailhouseSystemPlatformInfoArm_r12_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_17, view, at + 42, 8, 24, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (266 bytes) of r12.18 to r12.19, fork-siemens-riscv. */
export function readJailhouseSystemPlatformInfoArm_r12_18(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 42, 8, 28, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r12_18} reads. */
export function writeJailhouseSystemPlatformInfoArm_r12_18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 42, 8, 28, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.arm` (44 bytes) of r13.2 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-rntmancuso,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseSystemPlatformInfoArm_r13_2(view: DataView, at: number): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    padding: [view.getUint8(at + 2), view.getUint8(at + 3)],
    gicd_base: view.getBigUint64(at + 4, true),
    gicc_base: view.getBigUint64(at + 12, true),
    gich_base: view.getBigUint64(at + 20, true),
    gicv_base: view.getBigUint64(at + 28, true),
    gicr_base: view.getBigUint64(at + 36, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_r13_2} reads. */
export function writeJailhouseSystemPlatformInfoArm_r13_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint8(at + 2 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU64(view, at + 4, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 12, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 20, value.gich_base, "gich_base");
  written += writeU64(view, at + 28, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 36, value.gicr_base, "gicr_base");
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "padding", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (48 bytes) of fork-mtk-smc-ids, fork-mtk-vendor-resources. */
export function readJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids(view: DataView, at: number): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    padding: [view.getUint8(at + 2), view.getUint8(at + 3)],
    gicd_base: view.getBigUint64(at + 4, true),
    gicc_base: view.getBigUint64(at + 12, true),
    gich_base: view.getBigUint64(at + 20, true),
    gicv_base: view.getBigUint64(at + 28, true),
    gicr_base: view.getBigUint64(at + 36, true),
    gicr_size: view.getUint32(at + 44, true),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids} reads. */
export function writeJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeField(value.padding, "padding", (field) => arrayOf<WireValue>(field, 2).forEach((element, index) => view.setUint8(at + 2 + index * 1, numberOf(element, 0, 255, index))));
  written += writeU64(view, at + 4, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 12, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 20, value.gich_base, "gich_base");
  written += writeU64(view, at + 28, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 36, value.gicr_base, "gicr_base");
  written += writeU32(view, at + 44, value.gicr_size, "gicr_size");
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "padding", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "gicr_size"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_system.platform_info.arm` (298 bytes) of fork-nxp-4.14.78, fork-nxp-4.14.98,
 * fork-nxp-5.4.3.
 */
export function readJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_fork_nxp_4_14_78, view, at + 42, 8, 32, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78} reads. */
export function writeJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_nxp_4_14_78, view, at + 42, 8, 32, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (362 bytes) of fork-nxp-5.4.24, fork-nxp-5.10.72. */
export function readJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_fork_nxp_5_4_24, view, at + 42, 8, 40, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24} reads. */
export function writeJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_nxp_5_4_24, view, at + 42, 8, 40, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info.arm` (330 bytes) of fork-ti-0.10. */
export function readJailhouseSystemPlatformInfoArm_fork_ti_0_10(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    maintenance_irq: view.getUint8(at),
    gic_version: view.getUint8(at + 1),
    gicd_base: view.getBigUint64(at + 2, true),
    gicc_base: view.getBigUint64(at + 10, true),
    gich_base: view.getBigUint64(at + 18, true),
    gicv_base: view.getBigUint64(at + 26, true),
    gicr_base: view.getBigUint64(at + 34, true),
    iommu_units: readStructs(readJailhouseIommu_fork_ti_0_10, view, at + 42, 8, 36, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfoArm_fork_ti_0_10} reads. */
export function writeJailhouseSystemPlatformInfoArm_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU8(view, at, value.maintenance_irq, "maintenance_irq");
  written += writeU8(view, at + 1, value.gic_version, "gic_version");
  written += writeU64(view, at + 2, value.gicd_base, "gicd_base");
  written += writeU64(view, at + 10, value.gicc_base, "gicc_base");
  written += writeU64(view, at + 18, value.gich_base, "gich_base");
  written += writeU64(view, at + 26, value.gicv_base, "gicv_base");
  written += writeU64(view, at + 34, value.gicr_base, "gicr_base");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_fork_ti_0_10, view, at + 42, 8, 36, field));
  refuseOthers("jailhouse_system.platform_info.arm", value, written, ["maintenance_irq", "gic_version", "gicd_base", "gicc_base", "gich_base", "gicv_base", "gicr_base", "iommu_units"]);
  writeResidue(value, [], view, at);
}
