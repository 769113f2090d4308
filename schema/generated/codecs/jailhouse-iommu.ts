// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, structOf, writeField, writeU16, writeU32, writeU64, writeU8 } from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { chooseView, givenAlternative, type ViewContext } from "../../codec/union-views.js";
import type { WireStruct } from "../../codec/wire.js";
import { readJailhouseIommuAmd_r12_17, writeJailhouseIommuAmd_r12_17 } from "./jailhouse-iommu.amd.js";
import { readJailhouseIommuTipvu_r12_18, writeJailhouseIommuTipvu_r12_18 } from "./jailhouse-iommu.tipvu.js";
import { readJailhouseIommuArmMmu500_r13_6, writeJailhouseIommuArmMmu500_r13_6 } from "./jailhouse-iommu.arm-mmu500.js";
import { readJailhouseIommuAmd_fork_ti_0_10, writeJailhouseIommuAmd_fork_ti_0_10 } from "./jailhouse-iommu-amd.js";
import { readJailhouseIommuIntel_fork_ti_0_10, writeJailhouseIommuIntel_fork_ti_0_10 } from "./jailhouse-iommu-intel.js";
import { readJailhouseIommuSmmuv3_fork_ti_0_10, writeJailhouseIommuSmmuv3_fork_ti_0_10 } from "./jailhouse-iommu-smmuv3.js";
import { readJailhouseIommuPvu_fork_ti_0_10, writeJailhouseIommuPvu_fork_ti_0_10 } from "./jailhouse-iommu-pvu.js";

/** Reads `jailhouse_iommu` (8 bytes) of r0.36. */
export function readJailhouseIommu_r0_36(view: DataView, at: number): WireStruct {
  return {
    base: view.getBigUint64(at, true),
  };
}

/** Writes what {@link readJailhouseIommu_r0_36} reads. */
export function writeJailhouseIommu_r0_36(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base, "base");
  refuseOthers("jailhouse_iommu", value, written, ["base"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_iommu` (12 bytes) of r0.37. */
export function readJailhouseIommu_r0_37(view: DataView, at: number): WireStruct {
  return {
    base: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
  };
}

/** Writes what {@link readJailhouseIommu_r0_37} reads. */
export function writeJailhouseIommu_r0_37(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base, "base");
  written += writeU32(view, at + 8, value.size, "size");
  refuseOthers("jailhouse_iommu", value, written, ["base", "size"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_iommu` (20 bytes) of r0.38 to r11.1, fork-hky1999-arceos, fork-rntmancuso-coloring. */
export function readJailhouseIommu_r0_38(view: DataView, at: number): WireStruct {
  return {
    base: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    amd_bdf: view.getUint16(at + 12, true),
    amd_base_cap: view.getUint8(at + 14),
    amd_msi_cap: view.getUint8(at + 15),
    amd_features: view.getUint32(at + 16, true),
  };
}

/** Writes what {@link readJailhouseIommu_r0_38} reads. */
export function writeJailhouseIommu_r0_38(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base, "base");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU16(view, at + 12, value.amd_bdf, "amd_bdf");
  written += writeU8(view, at + 14, value.amd_base_cap, "amd_base_cap");
  written += writeU8(view, at + 15, value.amd_msi_cap, "amd_msi_cap");
  written += writeU32(view, at + 16, value.amd_features, "amd_features");
  refuseOthers("jailhouse_iommu", value, written, ["base", "size", "amd_bdf", "amd_base_cap", "amd_msi_cap", "amd_features"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_iommu` (24 bytes) of r11.2 to r12.16. */
export function readJailhouseIommu_r11_2(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    base: view.getBigUint64(at + 4, true),
    size: view.getUint32(at + 12, true),
    amd_bdf: view.getUint16(at + 16, true),
    amd_base_cap: view.getUint8(at + 18),
    amd_msi_cap: view.getUint8(at + 19),
    amd_features: view.getUint32(at + 20, true),
  };
}

/** Writes what {@link readJailhouseIommu_r11_2} reads. */
export function writeJailhouseIommu_r11_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.base, "base");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeU16(view, at + 16, value.amd_bdf, "amd_bdf");
  written += writeU8(view, at + 18, value.amd_base_cap, "amd_base_cap");
  written += writeU8(view, at + 19, value.amd_msi_cap, "amd_msi_cap");
  written += writeU32(view, at + 20, value.amd_features, "amd_features");
  refuseOthers("jailhouse_iommu", value, written, ["type", "base", "size", "amd_bdf", "amd_base_cap", "amd_msi_cap", "amd_features"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_iommu` (24 bytes) of r12.17. */
export function readJailhouseIommu_r12_17(view: DataView, at: number): WireStruct {
  return {
    type: view.getUint32(at, true),
    base: view.getBigUint64(at + 4, true),
    size: view.getUint32(at + 12, true),
    amd: readJailhouseIommuAmd_r12_17(view, at + 16),
  };
}

/** Writes what {@link readJailhouseIommu_r12_17} reads. */
export function writeJailhouseIommu_r12_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.base, "base");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeField(value.amd, "amd", (field) => writeJailhouseIommuAmd_r12_17(view, at + 16, structOf(field)));
  refuseOthers("jailhouse_iommu", value, written, ["type", "base", "size", "amd"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_iommu` (28 bytes) of r12.18 to r13.5, r13.8 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-rntmancuso, fork-rntmancuso-hwalias, fork-siemens-coloring,
 * fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhouseIommu_r12_18(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_iommu", ["amd", "tipvu"], () => BigInt(view.getUint32(at, true)), context)) {
    case "amd":
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        amd: readJailhouseIommuAmd_r12_17(view, at + 16),
      }, [[24, 4, 255]], view, at);
    case "tipvu":
      return {
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        tipvu: readJailhouseIommuTipvu_r12_18(view, at + 16),
      };
    default:
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
      }, [[16, 12, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseIommu_r12_18} reads. */
export function writeJailhouseIommu_r12_18(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["amd"], ["tipvu"]]);
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.base, "base");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeField(value.amd, "amd", (field) => writeJailhouseIommuAmd_r12_17(view, at + 16, structOf(field)));
  written += writeField(value.tipvu, "tipvu", (field) => writeJailhouseIommuTipvu_r12_18(view, at + 16, structOf(field)));
  refuseOthers("jailhouse_iommu", value, written, ["type", "base", "size", "amd", "tipvu"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[24, 4, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[16, 12, 255]], view, at);
  }
}

/** Reads `jailhouse_iommu` (28 bytes) of r13.6 to r13.7. */
export function readJailhouseIommu_r13_6(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_iommu", ["amd", "tipvu", "arm_mmu500"], () => BigInt(view.getUint32(at, true)), context)) {
    case "amd":
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        amd: readJailhouseIommuAmd_r12_17(view, at + 16),
      }, [[24, 4, 255]], view, at);
    case "tipvu":
      return {
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        tipvu: readJailhouseIommuTipvu_r12_18(view, at + 16),
      };
    case "arm_mmu500":
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        arm_mmu500: readJailhouseIommuArmMmu500_r13_6(view, at + 16),
      }, [[20, 8, 255]], view, at);
    default:
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
      }, [[16, 12, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseIommu_r13_6} reads. */
export function writeJailhouseIommu_r13_6(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["amd"], ["tipvu"], ["arm_mmu500"]]);
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.base, "base");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeField(value.amd, "amd", (field) => writeJailhouseIommuAmd_r12_17(view, at + 16, structOf(field)));
  written += writeField(value.tipvu, "tipvu", (field) => writeJailhouseIommuTipvu_r12_18(view, at + 16, structOf(field)));
  written += writeField(value.arm_mmu500, "arm_mmu500", (field) => writeJailhouseIommuArmMmu500_r13_6(view, at + 16, structOf(field)));
  refuseOthers("jailhouse_iommu", value, written, ["type", "base", "size", "amd", "tipvu", "arm_mmu500"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[24, 4, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    case 2:
      return writeResidue(value, [[20, 8, 255]], view, at);
    default:
      return writeResidue(value, [[16, 12, 255]], view, at);
  }
}

/** Reads `jailhouse_iommu` (32 bytes) of fork-nxp-4.14.78, fork-nxp-4.14.98, fork-nxp-5.4.3. */
export function readJailhouseIommu_fork_nxp_4_14_78(view: DataView, at: number): WireStruct {
  return {
    base: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    amd_bdf: view.getUint16(at + 12, true),
    amd_base_cap: view.getUint8(at + 14),
    amd_msi_cap: view.getUint8(at + 15),
    amd_features: view.getUint32(at + 16, true),
    arm_sid_mask: view.getUint32(at + 20, true),
    arm_smmu_arch: view.getUint32(at + 24, true),
    arm_smmu_impl: view.getUint32(at + 28, true),
  };
}

/** Writes what {@link readJailhouseIommu_fork_nxp_4_14_78} reads. */
export function writeJailhouseIommu_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base, "base");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU16(view, at + 12, value.amd_bdf, "amd_bdf");
  written += writeU8(view, at + 14, value.amd_base_cap, "amd_base_cap");
  written += writeU8(view, at + 15, value.amd_msi_cap, "amd_msi_cap");
  written += writeU32(view, at + 16, value.amd_features, "amd_features");
  written += writeU32(view, at + 20, value.arm_sid_mask, "arm_sid_mask");
  written += writeU32(view, at + 24, value.arm_smmu_arch, "arm_smmu_arch");
  written += writeU32(view, at + 28, value.arm_smmu_impl, "arm_smmu_impl");
  refuseOthers("jailhouse_iommu", value, written, ["base", "size", "amd_bdf", "amd_base_cap", "amd_msi_cap", "amd_features", "arm_sid_mask", "arm_smmu_arch", "arm_smmu_impl"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_iommu` (40 bytes) of fork-nxp-5.4.24, fork-nxp-5.10.72. */
export function readJailhouseIommu_fork_nxp_5_4_24(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_iommu", ["amd", "tipvu"], () => BigInt(view.getUint32(at, true)), context)) {
    case "amd":
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        amd: readJailhouseIommuAmd_r12_17(view, at + 16),
        arm_sid_mask: view.getUint32(at + 28, true),
        arm_smmu_arch: view.getUint32(at + 32, true),
        arm_smmu_impl: view.getUint32(at + 36, true),
      }, [[24, 4, 255]], view, at);
    case "tipvu":
      return {
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        tipvu: readJailhouseIommuTipvu_r12_18(view, at + 16),
        arm_sid_mask: view.getUint32(at + 28, true),
        arm_smmu_arch: view.getUint32(at + 32, true),
        arm_smmu_impl: view.getUint32(at + 36, true),
      };
    default:
      return withResidue({
        type: view.getUint32(at, true),
        base: view.getBigUint64(at + 4, true),
        size: view.getUint32(at + 12, true),
        arm_sid_mask: view.getUint32(at + 28, true),
        arm_smmu_arch: view.getUint32(at + 32, true),
        arm_smmu_impl: view.getUint32(at + 36, true),
      }, [[16, 12, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseIommu_fork_nxp_5_4_24} reads. */
export function writeJailhouseIommu_fork_nxp_5_4_24(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["amd"], ["tipvu"]]);
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeU64(view, at + 4, value.base, "base");
  written += writeU32(view, at + 12, value.size, "size");
  written += writeField(value.amd, "amd", (field) => writeJailhouseIommuAmd_r12_17(view, at + 16, structOf(field)));
  written += writeField(value.tipvu, "tipvu", (field) => writeJailhouseIommuTipvu_r12_18(view, at + 16, structOf(field)));
  written += writeU32(view, at + 28, value.arm_sid_mask, "arm_sid_mask");
  written += writeU32(view, at + 32, value.arm_smmu_arch, "arm_smmu_arch");
  written += writeU32(view, at + 36, value.arm_smmu_impl, "arm_smmu_impl");
  refuseOthers("jailhouse_iommu", value, written, ["type", "base", "size", "amd", "tipvu", "arm_sid_mask", "arm_smmu_arch", "arm_smmu_impl"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[24, 4, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[16, 12, 255]], view, at);
  }
}

/** Reads `jailhouse_iommu` (36 bytes) of fork-ti-0.10. */
export function readJailhouseIommu_fork_ti_0_10(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_iommu", ["amd", "intel", "smmuv3", "pvu"], () => BigInt(view.getUint32(at, true)), context)) {
    case "amd":
      return withResidue({
        type: view.getUint32(at, true),
        amd: readJailhouseIommuAmd_fork_ti_0_10(view, at + 4),
      }, [[28, 8, 255]], view, at);
    case "intel":
      return withResidue({
        type: view.getUint32(at, true),
        intel: readJailhouseIommuIntel_fork_ti_0_10(view, at + 4),
      }, [[20, 16, 255]], view, at);
    case "smmuv3":
      return withResidue({
        type: view.getUint32(at, true),
        smmuv3: readJailhouseIommuSmmuv3_fork_ti_0_10(view, at + 4),
      }, [[20, 16, 255]], view, at);
    case "pvu":
      return {
        type: view.getUint32(at, true),
        pvu: readJailhouseIommuPvu_fork_ti_0_10(view, at + 4),
      };
    default:
      return withResidue({
        type: view.getUint32(at, true),
      }, [[4, 32, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseIommu_fork_ti_0_10} reads. */
export function writeJailhouseIommu_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["amd"], ["intel"], ["smmuv3"], ["pvu"]]);
  let written = 0;
  written += writeU32(view, at, value.type, "type");
  written += writeField(value.amd, "amd", (field) => writeJailhouseIommuAmd_fork_ti_0_10(view, at + 4, structOf(field)));
  written += writeField(value.intel, "intel", (field) => writeJailhouseIommuIntel_fork_ti_0_10(view, at + 4, structOf(field)));
  written += writeField(value.smmuv3, "smmuv3", (field) => writeJailhouseIommuSmmuv3_fork_ti_0_10(view, at + 4, structOf(field)));
  written += writeField(value.pvu, "pvu", (field) => writeJailhouseIommuPvu_fork_ti_0_10(view, at + 4, structOf(field)));
  refuseOthers("jailhouse_iommu", value, written, ["type", "amd", "intel", "smmuv3", "pvu"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[28, 8, 255]], view, at);
    case 1:
      return writeResidue(value, [[20, 16, 255]], view, at);
    case 2:
      return writeResidue(value, [[20, 16, 255]], view, at);
    case 3:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[4, 32, 255]], view, at);
  }
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_iommu`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.36":
      return 0;
    case "r0.37":
      return 1;
    case "r0.38": case "r0.39": case "r0.40": case "r0.41": case "r0.42": case "r0.43": case "r0.44":
    case "r0.45": case "r0.46": case "r0.47": case "r0.48": case "r0.49":
    case "r1.1": case "r1.2": case "r1.3": case "r1.4": case "r1.5": case "r1.6":
    case "r2.1": case "r2.2":
    case "r3.1": case "r3.2": case "r3.3": case "r3.4":
    case "r4.1":
    case "r5.1":
    case "r6.1": case "r6.2":
    case "r7.1": case "r7.2":
    case "r8.1": case "r8.2": case "r8.3": case "r8.4":
    case "r9.1": case "r9.2": case "r9.3": case "r9.4":
    case "r10.1": case "r10.2": case "r10.3": case "r10.4": case "r10.5": case "r10.6": case "r10.7":
    case "r10.8":
    case "r11.1":
    case "fork-hky1999-arceos": case "fork-rntmancuso-coloring":
      return 2;
    case "r11.2": case "r11.3":
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "r12.8": case "r12.9": case "r12.10": case "r12.11": case "r12.12": case "r12.13":
    case "r12.14": case "r12.15": case "r12.16":
      return 3;
    case "r12.17":
      return 4;
    case "r12.18": case "r12.19":
    case "r13.1": case "r13.2": case "r13.3": case "r13.4": case "r13.5": case "r13.8": case "r13.9":
    case "r14.1":
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-lfd-s32g":
    case "fork-lfd-v4": case "fork-lfd-v10": case "fork-lfd-v13": case "fork-lfd-v17":
    case "fork-lfd-v18": case "fork-minervasys-next": case "fork-minervasys-omnivisor":
    case "fork-mtk-smc-ids": case "fork-mtk-vendor-resources": case "fork-rntmancuso":
    case "fork-rntmancuso-hwalias": case "fork-siemens-coloring": case "fork-siemens-new-cpu-config":
    case "fork-siemens-new-cpu-config-rev15": case "fork-siemens-riscv":
      return 5;
    case "r13.6": case "r13.7":
      return 6;
    case "fork-nxp-4.14.78": case "fork-nxp-4.14.98": case "fork-nxp-5.4.3":
      return 7;
    case "fork-nxp-5.4.24": case "fork-nxp-5.10.72":
      return 8;
    case "fork-ti-0.10":
      return 9;
    default:
      return -1;
  }
}

/** What reads `jailhouse_iommu` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIommu(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIommu_r0_36,
    readJailhouseIommu_r0_37,
    readJailhouseIommu_r0_38,
    readJailhouseIommu_r11_2,
    readJailhouseIommu_r12_17,
    readJailhouseIommu_r12_18,
    readJailhouseIommu_r13_6,
    readJailhouseIommu_fork_nxp_4_14_78,
    readJailhouseIommu_fork_nxp_5_4_24,
    readJailhouseIommu_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_iommu` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIommu(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIommu_r0_36,
    writeJailhouseIommu_r0_37,
    writeJailhouseIommu_r0_38,
    writeJailhouseIommu_r11_2,
    writeJailhouseIommu_r12_17,
    writeJailhouseIommu_r12_18,
    writeJailhouseIommu_r13_6,
    writeJailhouseIommu_fork_nxp_4_14_78,
    writeJailhouseIommu_fork_nxp_5_4_24,
    writeJailhouseIommu_fork_ti_0_10,
  ][layoutOf(profile)];
}
