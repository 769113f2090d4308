// Generated from schema/ by `npm run generate`; changes made here are lost.

import {
  readStructs, refuseOthers, structOf, writeField, writeStructs, writeU16, writeU32, writeU64, writeU8
} from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import { chooseView, givenAlternative, type ViewContext } from "../../codec/union-views.js";
import type { WireStruct } from "../../codec/wire.js";
import {
  readJailhouseSystemPlatformInfoX86_r0_11, writeJailhouseSystemPlatformInfoX86_r0_11,
  readJailhouseSystemPlatformInfoX86_r0_14, writeJailhouseSystemPlatformInfoX86_r0_14,
  readJailhouseSystemPlatformInfoX86_r0_15, writeJailhouseSystemPlatformInfoX86_r0_15,
  readJailhouseSystemPlatformInfoX86_r0_21, writeJailhouseSystemPlatformInfoX86_r0_21,
  readJailhouseSystemPlatformInfoX86_r0_28, writeJailhouseSystemPlatformInfoX86_r0_28,
  readJailhouseSystemPlatformInfoX86_r0_36, writeJailhouseSystemPlatformInfoX86_r0_36,
  readJailhouseSystemPlatformInfoX86_r0_37, writeJailhouseSystemPlatformInfoX86_r0_37,
  readJailhouseSystemPlatformInfoX86_r0_38, writeJailhouseSystemPlatformInfoX86_r0_38,
  readJailhouseSystemPlatformInfoX86_r0_45, writeJailhouseSystemPlatformInfoX86_r0_45,
  readJailhouseSystemPlatformInfoX86_r0_49, writeJailhouseSystemPlatformInfoX86_r0_49,
  readJailhouseSystemPlatformInfoX86_r3_1, writeJailhouseSystemPlatformInfoX86_r3_1,
  readJailhouseSystemPlatformInfoX86_r8_1, writeJailhouseSystemPlatformInfoX86_r8_1,
  readJailhouseSystemPlatformInfoX86_r11_2, writeJailhouseSystemPlatformInfoX86_r11_2,
  readJailhouseSystemPlatformInfoX86_r12_17, writeJailhouseSystemPlatformInfoX86_r12_17,
  readJailhouseSystemPlatformInfoX86_r12_18, writeJailhouseSystemPlatformInfoX86_r12_18,
  readJailhouseSystemPlatformInfoX86_r13_1, writeJailhouseSystemPlatformInfoX86_r13_1,
  readJailhouseSystemPlatformInfoX86_r13_2, writeJailhouseSystemPlatformInfoX86_r13_2,
  readJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78,
  writeJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78,
  readJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24,
  writeJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24, readJailhouseSystemPlatformInfoX86_fork_ti_0_10,
  writeJailhouseSystemPlatformInfoX86_fork_ti_0_10
} from "./jailhouse-system.platform-info.x86.js";
import {
  readJailhouseIommu_r12_18, writeJailhouseIommu_r12_18, readJailhouseIommu_r13_6,
  writeJailhouseIommu_r13_6
} from "./jailhouse-iommu.js";
import {
  readJailhouseSystemPlatformInfoArm_r0_42, writeJailhouseSystemPlatformInfoArm_r0_42,
  readJailhouseSystemPlatformInfoArm_r0_48, writeJailhouseSystemPlatformInfoArm_r0_48,
  readJailhouseSystemPlatformInfoArm_r6_1, writeJailhouseSystemPlatformInfoArm_r6_1,
  readJailhouseSystemPlatformInfoArm_r11_3, writeJailhouseSystemPlatformInfoArm_r11_3,
  readJailhouseSystemPlatformInfoArm_r12_17, writeJailhouseSystemPlatformInfoArm_r12_17,
  readJailhouseSystemPlatformInfoArm_r12_18, writeJailhouseSystemPlatformInfoArm_r12_18,
  readJailhouseSystemPlatformInfoArm_r13_2, writeJailhouseSystemPlatformInfoArm_r13_2,
  readJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids,
  writeJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids,
  readJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78,
  writeJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78,
  readJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24,
  writeJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24, readJailhouseSystemPlatformInfoArm_fork_ti_0_10,
  writeJailhouseSystemPlatformInfoArm_fork_ti_0_10
} from "./jailhouse-system.platform-info.arm.js";
import {
  readJailhouseColoring_fork_danieleottaviano, writeJailhouseColoring_fork_danieleottaviano
} from "./jailhouse-coloring.js";
import {
  readJailhouseMemguardConfig_fork_danieleottaviano, writeJailhouseMemguardConfig_fork_danieleottaviano
} from "./jailhouse-memguard-config.js";
import { readJailhouseQos_fork_danieleottaviano, writeJailhouseQos_fork_danieleottaviano } from "./jailhouse-qos.js";
import {
  readJailhouseFpga_fork_danieleottaviano, writeJailhouseFpga_fork_danieleottaviano
} from "./jailhouse-fpga.js";
import {
  readJailhouseSystemPlatformInfoRiscv_fork_lfd_v10,
  writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v10,
  readJailhouseSystemPlatformInfoRiscv_fork_lfd_v13,
  writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v13,
  readJailhouseSystemPlatformInfoRiscv_fork_lfd_v17,
  writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v17,
  readJailhouseSystemPlatformInfoRiscv_fork_lfd_v18, writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v18
} from "./jailhouse-system.platform-info.riscv.js";

/** Reads `jailhouse_system.platform_info` (2 bytes) of r0.11 to r0.13. */
export function readJailhouseSystemPlatformInfo_r0_11(view: DataView, at: number): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_11(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_11} reads. */
export function writeJailhouseSystemPlatformInfo_r0_11(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_11(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (16 bytes) of r0.14. */
export function readJailhouseSystemPlatformInfo_r0_14(view: DataView, at: number): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_14(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_14} reads. */
export function writeJailhouseSystemPlatformInfo_r0_14(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_14(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (80 bytes) of r0.15 to r0.20, r0.27. */
export function readJailhouseSystemPlatformInfo_r0_15(view: DataView, at: number): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_15(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_15} reads. */
export function writeJailhouseSystemPlatformInfo_r0_15(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_15(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (80 bytes) of r0.21 to r0.26. */
export function readJailhouseSystemPlatformInfo_r0_21(view: DataView, at: number): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_21(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_21} reads. */
export function writeJailhouseSystemPlatformInfo_r0_21(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_21(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (80 bytes) of r0.28 to r0.35. */
export function readJailhouseSystemPlatformInfo_r0_28(view: DataView, at: number): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_28(view, at),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_28} reads. */
export function writeJailhouseSystemPlatformInfo_r0_28(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_28(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (80 bytes) of r0.36. */
export function readJailhouseSystemPlatformInfo_r0_36(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_36(view, at, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_36} reads. */
export function writeJailhouseSystemPlatformInfo_r0_36(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_36(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (112 bytes) of r0.37. */
export function readJailhouseSystemPlatformInfo_r0_37(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_37(view, at, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_37} reads. */
export function writeJailhouseSystemPlatformInfo_r0_37(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_37(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.38 to r0.41. */
export function readJailhouseSystemPlatformInfo_r0_38(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    x86: readJailhouseSystemPlatformInfoX86_r0_38(view, at, context),
  };
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_38} reads. */
export function writeJailhouseSystemPlatformInfo_r0_38(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_38(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.42 to r0.44. */
export function readJailhouseSystemPlatformInfo_r0_42(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        x86: readJailhouseSystemPlatformInfoX86_r0_38(view, at, context),
      };
    case "arm":
      return withResidue({
        arm: readJailhouseSystemPlatformInfoArm_r0_42(view, at),
      }, [[44, 132, 255]], view, at);
    default:
      return withResidue({}, [[0, 176, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_42} reads. */
export function writeJailhouseSystemPlatformInfo_r0_42(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_38(view, at, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_42(view, at, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[44, 132, 255]], view, at);
    default:
      return writeResidue(value, [[0, 176, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.45. */
export function readJailhouseSystemPlatformInfo_r0_45(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        padding: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        padding: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r0_42(view, at + 10),
      }, [[54, 122, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        padding: view.getUint8(at + 9),
      }, [[10, 166, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_45} reads. */
export function writeJailhouseSystemPlatformInfo_r0_45(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.padding, "padding");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_42(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "padding", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[54, 122, 255]], view, at);
    default:
      return writeResidue(value, [[10, 166, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.46 to r0.47. */
export function readJailhouseSystemPlatformInfo_r0_46(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r0_42(view, at + 10),
      }, [[54, 122, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 166, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_46} reads. */
export function writeJailhouseSystemPlatformInfo_r0_46(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_42(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[54, 122, 255]], view, at);
    default:
      return writeResidue(value, [[10, 166, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.48. */
export function readJailhouseSystemPlatformInfo_r0_48(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r0_48(view, at + 10),
      }, [[52, 124, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 166, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_48} reads. */
export function writeJailhouseSystemPlatformInfo_r0_48(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_45(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_48(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[52, 124, 255]], view, at);
    default:
      return writeResidue(value, [[10, 166, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (176 bytes) of r0.49 to r2.2. */
export function readJailhouseSystemPlatformInfo_r0_49(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r0_49(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r0_48(view, at + 10),
      }, [[52, 124, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 166, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r0_49} reads. */
export function writeJailhouseSystemPlatformInfo_r0_49(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r0_49(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_48(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[52, 124, 255]], view, at);
    default:
      return writeResidue(value, [[10, 166, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (180 bytes) of r3.1 to r5.1. */
export function readJailhouseSystemPlatformInfo_r3_1(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r3_1(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r0_48(view, at + 10),
      }, [[52, 128, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 170, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r3_1} reads. */
export function writeJailhouseSystemPlatformInfo_r3_1(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r3_1(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r0_48(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[52, 128, 255]], view, at);
    default:
      return writeResidue(value, [[10, 170, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (180 bytes) of r6.1 to r7.2. */
export function readJailhouseSystemPlatformInfo_r6_1(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r3_1(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 10),
      }, [[52, 128, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 170, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r6_1} reads. */
export function writeJailhouseSystemPlatformInfo_r6_1(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r3_1(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[52, 128, 255]], view, at);
    default:
      return writeResidue(value, [[10, 170, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (188 bytes) of r8.1 to r8.4. */
export function readJailhouseSystemPlatformInfo_r8_1(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        x86: readJailhouseSystemPlatformInfoX86_r8_1(view, at + 10, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 10),
      }, [[52, 136, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
      }, [[10, 178, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r8_1} reads. */
export function writeJailhouseSystemPlatformInfo_r8_1(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r8_1(view, at + 10, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 10, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[52, 136, 255]], view, at);
    default:
      return writeResidue(value, [[10, 178, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (190 bytes) of r9.1 to r11.1, fork-hky1999-arceos. */
export function readJailhouseSystemPlatformInfo_r9_1(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_r8_1(view, at + 12, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 12),
      }, [[54, 136, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 178, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r9_1} reads. */
export function writeJailhouseSystemPlatformInfo_r9_1(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r8_1(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[54, 136, 255]], view, at);
    default:
      return writeResidue(value, [[12, 178, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (222 bytes) of r11.2. */
export function readJailhouseSystemPlatformInfo_r11_2(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_r11_2(view, at + 12, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 12),
      }, [[54, 168, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 210, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r11_2} reads. */
export function writeJailhouseSystemPlatformInfo_r11_2(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r11_2(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[54, 168, 255]], view, at);
    default:
      return writeResidue(value, [[12, 210, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (246 bytes) of r11.3 to r12.16. */
export function readJailhouseSystemPlatformInfo_r11_3(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_r11_2(view, at + 12, context),
      }, [[222, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_r11_3(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 234, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r11_3} reads. */
export function writeJailhouseSystemPlatformInfo_r11_3(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r11_2(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r11_3(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[222, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 234, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (246 bytes) of r12.17. */
export function readJailhouseSystemPlatformInfo_r12_17(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_r12_17(view, at + 12, context),
      }, [[222, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_r12_17(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 234, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r12_17} reads. */
export function writeJailhouseSystemPlatformInfo_r12_17(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r12_17(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r12_17(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[222, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 234, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (278 bytes) of r12.18 to r12.19, fork-siemens-riscv. */
export function readJailhouseSystemPlatformInfo_r12_18(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_r12_18(view, at + 12, context),
      }, [[254, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_r12_18(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 266, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r12_18} reads. */
export function writeJailhouseSystemPlatformInfo_r12_18(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r12_18(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r12_18(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[254, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 266, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (278 bytes) of r13.1. */
export function readJailhouseSystemPlatformInfo_r13_1(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_1(view, at + 236),
      }, [[254, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 42, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r13_1} reads. */
export function writeJailhouseSystemPlatformInfo_r13_1(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_1(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[254, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 42, 255]], view, at);
  }
}

/**
 * Reads `jailhouse_system.platform_info` (280 bytes) of r13.2 to r13.5, r13.8 to r14.1, fork-lfd-s32g,
 * fork-lfd-v4, fork-rntmancuso, fork-rntmancuso-hwalias, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseSystemPlatformInfo_r13_2(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r13_2} reads. */
export function writeJailhouseSystemPlatformInfo_r13_2(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (280 bytes) of r13.6 to r13.7. */
export function readJailhouseSystemPlatformInfo_r13_6(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r13_6, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r13_6, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r13_6, view, at + 12, 8, 28, context),
      }, [[236, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_r13_6} reads. */
export function writeJailhouseSystemPlatformInfo_r13_6(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r13_6, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (409 bytes) of fork-danieleottaviano. */
export function readJailhouseSystemPlatformInfo_fork_danieleottaviano(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
        fpga: readJailhouseFpga_fork_danieleottaviano(view, at + 320),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 365),
      }, [[381, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
        fpga: readJailhouseFpga_fork_danieleottaviano(view, at + 320),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 365),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
        fpga: readJailhouseFpga_fork_danieleottaviano(view, at + 320),
      }, [[365, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_danieleottaviano} reads. */
export function writeJailhouseSystemPlatformInfo_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeU32(view, at + 12, value.no_spectre_mitigation, "no_spectre_mitigation");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 16, 8, 28, field));
  written += writeField(value.color, "color", (field) => writeJailhouseColoring_fork_danieleottaviano(view, at + 240, structOf(field)));
  written += writeField(value.memguard, "memguard", (field) => writeJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256, structOf(field)));
  written += writeField(value.qos, "qos", (field) => writeJailhouseQos_fork_danieleottaviano(view, at + 304, structOf(field)));
  written += writeField(value.fpga, "fpga", (field) => writeJailhouseFpga_fork_danieleottaviano(view, at + 320, structOf(field)));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 365, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 365, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "no_spectre_mitigation", "iommu_units", "color", "memguard", "qos", "fpga", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[381, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[365, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (376 bytes) of fork-danieleottaviano-zynqmp. */
export function readJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        fpga_configuration_base: view.getBigUint64(at + 16, true),
        fpga_options: view.getUint32(at + 24, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 28, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 252),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 268),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 316),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 332),
      }, [[348, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        fpga_configuration_base: view.getBigUint64(at + 16, true),
        fpga_options: view.getUint32(at + 24, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 28, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 252),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 268),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 316),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 332),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        fpga_configuration_base: view.getBigUint64(at + 16, true),
        fpga_options: view.getUint32(at + 24, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 28, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 252),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 268),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 316),
      }, [[332, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp} reads. */
export function writeJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeU32(view, at + 12, value.no_spectre_mitigation, "no_spectre_mitigation");
  written += writeU64(view, at + 16, value.fpga_configuration_base, "fpga_configuration_base");
  written += writeU32(view, at + 24, value.fpga_options, "fpga_options");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 28, 8, 28, field));
  written += writeField(value.color, "color", (field) => writeJailhouseColoring_fork_danieleottaviano(view, at + 252, structOf(field)));
  written += writeField(value.memguard, "memguard", (field) => writeJailhouseMemguardConfig_fork_danieleottaviano(view, at + 268, structOf(field)));
  written += writeField(value.qos, "qos", (field) => writeJailhouseQos_fork_danieleottaviano(view, at + 316, structOf(field)));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 332, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 332, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "no_spectre_mitigation", "fpga_configuration_base", "fpga_options", "iommu_units", "color", "memguard", "qos", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[348, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[332, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (318 bytes) of fork-lfd-v10. */
export function readJailhouseSystemPlatformInfo_fork_lfd_v10(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm", "riscv"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 66, 255]], view, at);
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      }, [[280, 38, 255]], view, at);
    case "riscv":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        riscv: readJailhouseSystemPlatformInfoRiscv_fork_lfd_v10(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 82, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_lfd_v10} reads. */
export function writeJailhouseSystemPlatformInfo_fork_lfd_v10(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"], ["riscv"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.riscv, "riscv", (field) => writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v10(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm", "riscv"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 66, 255]], view, at);
    case 1:
      return writeResidue(value, [[280, 38, 255]], view, at);
    case 2:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 82, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (320 bytes) of fork-lfd-v13. */
export function readJailhouseSystemPlatformInfo_fork_lfd_v13(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm", "riscv"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 68, 255]], view, at);
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      }, [[280, 40, 255]], view, at);
    case "riscv":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        riscv: readJailhouseSystemPlatformInfoRiscv_fork_lfd_v13(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 84, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_lfd_v13} reads. */
export function writeJailhouseSystemPlatformInfo_fork_lfd_v13(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"], ["riscv"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.riscv, "riscv", (field) => writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v13(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm", "riscv"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 68, 255]], view, at);
    case 1:
      return writeResidue(value, [[280, 40, 255]], view, at);
    case 2:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 84, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (340 bytes) of fork-lfd-v17. */
export function readJailhouseSystemPlatformInfo_fork_lfd_v17(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm", "riscv"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 88, 255]], view, at);
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      }, [[280, 60, 255]], view, at);
    case "riscv":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        riscv: readJailhouseSystemPlatformInfoRiscv_fork_lfd_v17(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 104, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_lfd_v17} reads. */
export function writeJailhouseSystemPlatformInfo_fork_lfd_v17(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"], ["riscv"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.riscv, "riscv", (field) => writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v17(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm", "riscv"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 88, 255]], view, at);
    case 1:
      return writeResidue(value, [[280, 60, 255]], view, at);
    case 2:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 104, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (348 bytes) of fork-lfd-v18. */
export function readJailhouseSystemPlatformInfo_fork_lfd_v18(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm", "riscv"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 96, 255]], view, at);
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 236),
      }, [[280, 68, 255]], view, at);
    case "riscv":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        riscv: readJailhouseSystemPlatformInfoRiscv_fork_lfd_v18(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 112, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_lfd_v18} reads. */
export function writeJailhouseSystemPlatformInfo_fork_lfd_v18(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"], ["riscv"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.riscv, "riscv", (field) => writeJailhouseSystemPlatformInfoRiscv_fork_lfd_v18(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm", "riscv"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 96, 255]], view, at);
    case 1:
      return writeResidue(value, [[280, 68, 255]], view, at);
    case 2:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 112, 255]], view, at);
  }
}

/**
 * Reads `jailhouse_system.platform_info` (364 bytes) of fork-minervasys-next,
 * fork-minervasys-omnivisor.
 */
export function readJailhouseSystemPlatformInfo_fork_minervasys_next(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 320),
      }, [[336, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 320),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        no_spectre_mitigation: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        color: readJailhouseColoring_fork_danieleottaviano(view, at + 240),
        memguard: readJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256),
        qos: readJailhouseQos_fork_danieleottaviano(view, at + 304),
      }, [[320, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_minervasys_next} reads. */
export function writeJailhouseSystemPlatformInfo_fork_minervasys_next(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeU32(view, at + 12, value.no_spectre_mitigation, "no_spectre_mitigation");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 16, 8, 28, field));
  written += writeField(value.color, "color", (field) => writeJailhouseColoring_fork_danieleottaviano(view, at + 240, structOf(field)));
  written += writeField(value.memguard, "memguard", (field) => writeJailhouseMemguardConfig_fork_danieleottaviano(view, at + 256, structOf(field)));
  written += writeField(value.qos, "qos", (field) => writeJailhouseQos_fork_danieleottaviano(view, at + 304, structOf(field)));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 320, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 320, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "no_spectre_mitigation", "iommu_units", "color", "memguard", "qos", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[336, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[320, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (284 bytes) of fork-mtk-smc-ids, fork-mtk-vendor-resources. */
export function readJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 236),
      }, [[252, 32, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids(view, at + 236),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 12, 8, 28, context),
      }, [[236, 48, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_mtk_smc_ids} reads. */
export function writeJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 12, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 236, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_fork_mtk_smc_ids(view, at + 236, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "iommu_units", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[252, 32, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[236, 48, 255]], view, at);
  }
}

/**
 * Reads `jailhouse_system.platform_info` (310 bytes) of fork-nxp-4.14.78, fork-nxp-4.14.98,
 * fork-nxp-5.4.3.
 */
export function readJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78(view, at + 12, context),
      }, [[286, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 298, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_nxp_4_14_78} reads. */
export function writeJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_fork_nxp_4_14_78(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_fork_nxp_4_14_78(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[286, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 298, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (374 bytes) of fork-nxp-5.4.24, fork-nxp-5.10.72. */
export function readJailhouseSystemPlatformInfo_fork_nxp_5_4_24(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24(view, at + 12, context),
      }, [[350, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 362, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_nxp_5_4_24} reads. */
export function writeJailhouseSystemPlatformInfo_fork_nxp_5_4_24(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_fork_nxp_5_4_24(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_fork_nxp_5_4_24(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[350, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 362, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (198 bytes) of fork-rntmancuso-coloring. */
export function readJailhouseSystemPlatformInfo_fork_rntmancuso_coloring(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        llc_way_size: view.getBigUint64(at + 12, true),
        x86: readJailhouseSystemPlatformInfoX86_r8_1(view, at + 20, context),
      };
    case "arm":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        llc_way_size: view.getBigUint64(at + 12, true),
        arm: readJailhouseSystemPlatformInfoArm_r6_1(view, at + 20),
      }, [[62, 136, 255]], view, at);
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        llc_way_size: view.getBigUint64(at + 12, true),
      }, [[20, 178, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_rntmancuso_coloring} reads. */
export function writeJailhouseSystemPlatformInfo_fork_rntmancuso_coloring(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeU64(view, at + 12, value.llc_way_size, "llc_way_size");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r8_1(view, at + 20, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r6_1(view, at + 20, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "llc_way_size", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [], view, at);
    case 1:
      return writeResidue(value, [[62, 136, 255]], view, at);
    default:
      return writeResidue(value, [[20, 178, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (284 bytes) of fork-siemens-coloring. */
export function readJailhouseSystemPlatformInfo_fork_siemens_coloring(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        max_cache_colors: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        x86: readJailhouseSystemPlatformInfoX86_r13_2(view, at + 240),
      }, [[256, 28, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        max_cache_colors: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
        arm: readJailhouseSystemPlatformInfoArm_r13_2(view, at + 240),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        max_cache_colors: view.getUint32(at + 12, true),
        iommu_units: readStructs(readJailhouseIommu_r12_18, view, at + 16, 8, 28, context),
      }, [[240, 44, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_siemens_coloring} reads. */
export function writeJailhouseSystemPlatformInfo_fork_siemens_coloring(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeU32(view, at + 12, value.max_cache_colors, "max_cache_colors");
  written += writeField(value.iommu_units, "iommu_units", (field) => writeStructs(writeJailhouseIommu_r12_18, view, at + 16, 8, 28, field));
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_r13_2(view, at + 240, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_r13_2(view, at + 240, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "max_cache_colors", "iommu_units", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[256, 28, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[240, 44, 255]], view, at);
  }
}

/** Reads `jailhouse_system.platform_info` (342 bytes) of fork-ti-0.10. */
export function readJailhouseSystemPlatformInfo_fork_ti_0_10(view: DataView, at: number, context: ViewContext): WireStruct {
  switch (chooseView("jailhouse_system.platform_info", ["x86", "arm"], () => undefined, context)) {
    case "x86":
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        x86: readJailhouseSystemPlatformInfoX86_fork_ti_0_10(view, at + 12, context),
      }, [[318, 24, 255]], view, at);
    case "arm":
      return {
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
        arm: readJailhouseSystemPlatformInfoArm_fork_ti_0_10(view, at + 12, context),
      };
    default:
      return withResidue({
        pci_mmconfig_base: view.getBigUint64(at, true),
        pci_mmconfig_end_bus: view.getUint8(at + 8),
        pci_is_virtual: view.getUint8(at + 9),
        pci_domain: view.getUint16(at + 10, true),
      }, [[12, 330, 255]], view, at);
  }
}

/** Writes what {@link readJailhouseSystemPlatformInfo_fork_ti_0_10} reads. */
export function writeJailhouseSystemPlatformInfo_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  const given = givenAlternative(value, [["x86"], ["arm"]]);
  let written = 0;
  written += writeU64(view, at, value.pci_mmconfig_base, "pci_mmconfig_base");
  written += writeU8(view, at + 8, value.pci_mmconfig_end_bus, "pci_mmconfig_end_bus");
  written += writeU8(view, at + 9, value.pci_is_virtual, "pci_is_virtual");
  written += writeU16(view, at + 10, value.pci_domain, "pci_domain");
  written += writeField(value.x86, "x86", (field) => writeJailhouseSystemPlatformInfoX86_fork_ti_0_10(view, at + 12, structOf(field)));
  written += writeField(value.arm, "arm", (field) => writeJailhouseSystemPlatformInfoArm_fork_ti_0_10(view, at + 12, structOf(field)));
  refuseOthers("jailhouse_system.platform_info", value, written, ["pci_mmconfig_base", "pci_mmconfig_end_bus", "pci_is_virtual", "pci_domain", "x86", "arm"]);
  switch (given) {
    case 0:
      return writeResidue(value, [[318, 24, 255]], view, at);
    case 1:
      return writeResidue(value, [], view, at);
    default:
      return writeResidue(value, [[12, 330, 255]], view, at);
  }
}
