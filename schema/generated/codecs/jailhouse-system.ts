// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, structOf, writeField, writeU16, writeU32, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { ViewContext } from "../../codec/union-views.js";
import type { WireStruct } from "../../codec/wire.js";
import {
  readJailhouseCellDesc_r0_1, writeJailhouseCellDesc_r0_1, readJailhouseCellDesc_r0_5,
  writeJailhouseCellDesc_r0_5, readJailhouseCellDesc_r0_8, writeJailhouseCellDesc_r0_8,
  readJailhouseCellDesc_r0_9, writeJailhouseCellDesc_r0_9, readJailhouseCellDesc_r0_12,
  writeJailhouseCellDesc_r0_12, readJailhouseCellDesc_r0_30, writeJailhouseCellDesc_r0_30,
  readJailhouseCellDesc_r0_32, writeJailhouseCellDesc_r0_32, readJailhouseCellDesc_r0_41,
  writeJailhouseCellDesc_r0_41, readJailhouseCellDesc_r0_47, writeJailhouseCellDesc_r0_47,
  readJailhouseCellDesc_r1_1, writeJailhouseCellDesc_r1_1, readJailhouseCellDesc_r5_1,
  writeJailhouseCellDesc_r5_1, readJailhouseCellDesc_r7_1, writeJailhouseCellDesc_r7_1,
  readJailhouseCellDesc_r10_1, writeJailhouseCellDesc_r10_1, readJailhouseCellDesc_r11_1,
  writeJailhouseCellDesc_r11_1, readJailhouseCellDesc_r12_1, writeJailhouseCellDesc_r12_1,
  readJailhouseCellDesc_r14_1, writeJailhouseCellDesc_r14_1,
  readJailhouseCellDesc_fork_danieleottaviano, writeJailhouseCellDesc_fork_danieleottaviano,
  readJailhouseCellDesc_fork_danieleottaviano_zynqmp,
  writeJailhouseCellDesc_fork_danieleottaviano_zynqmp, readJailhouseCellDesc_fork_lfd_v4,
  writeJailhouseCellDesc_fork_lfd_v4, readJailhouseCellDesc_fork_lfd_v10,
  writeJailhouseCellDesc_fork_lfd_v10, readJailhouseCellDesc_fork_minervasys_next,
  writeJailhouseCellDesc_fork_minervasys_next, readJailhouseCellDesc_fork_minervasys_omnivisor,
  writeJailhouseCellDesc_fork_minervasys_omnivisor, readJailhouseCellDesc_fork_mtk_smc_ids,
  writeJailhouseCellDesc_fork_mtk_smc_ids, readJailhouseCellDesc_fork_mtk_vendor_resources,
  writeJailhouseCellDesc_fork_mtk_vendor_resources, readJailhouseCellDesc_fork_nxp_4_14_78,
  writeJailhouseCellDesc_fork_nxp_4_14_78, readJailhouseCellDesc_fork_nxp_4_14_98,
  writeJailhouseCellDesc_fork_nxp_4_14_98, readJailhouseCellDesc_fork_rntmancuso,
  writeJailhouseCellDesc_fork_rntmancuso, readJailhouseCellDesc_fork_ti_0_10,
  writeJailhouseCellDesc_fork_ti_0_10
} from "./jailhouse-cell-desc.js";
import {
  readJailhouseMemory_r0_1, writeJailhouseMemory_r0_1, readJailhouseMemory_r0_3,
  writeJailhouseMemory_r0_3, readJailhouseMemory_fork_danieleottaviano,
  writeJailhouseMemory_fork_danieleottaviano
} from "./jailhouse-memory.js";
import {
  readJailhouseSystemPlatformInfo_r0_11, writeJailhouseSystemPlatformInfo_r0_11,
  readJailhouseSystemPlatformInfo_r0_14, writeJailhouseSystemPlatformInfo_r0_14,
  readJailhouseSystemPlatformInfo_r0_15, writeJailhouseSystemPlatformInfo_r0_15,
  readJailhouseSystemPlatformInfo_r0_21, writeJailhouseSystemPlatformInfo_r0_21,
  readJailhouseSystemPlatformInfo_r0_28, writeJailhouseSystemPlatformInfo_r0_28,
  readJailhouseSystemPlatformInfo_r0_36, writeJailhouseSystemPlatformInfo_r0_36,
  readJailhouseSystemPlatformInfo_r0_37, writeJailhouseSystemPlatformInfo_r0_37,
  readJailhouseSystemPlatformInfo_r0_38, writeJailhouseSystemPlatformInfo_r0_38,
  readJailhouseSystemPlatformInfo_r0_42, writeJailhouseSystemPlatformInfo_r0_42,
  readJailhouseSystemPlatformInfo_r0_45, writeJailhouseSystemPlatformInfo_r0_45,
  readJailhouseSystemPlatformInfo_r0_46, writeJailhouseSystemPlatformInfo_r0_46,
  readJailhouseSystemPlatformInfo_r0_48, writeJailhouseSystemPlatformInfo_r0_48,
  readJailhouseSystemPlatformInfo_r0_49, writeJailhouseSystemPlatformInfo_r0_49,
  readJailhouseSystemPlatformInfo_r3_1, writeJailhouseSystemPlatformInfo_r3_1,
  readJailhouseSystemPlatformInfo_r6_1, writeJailhouseSystemPlatformInfo_r6_1,
  readJailhouseSystemPlatformInfo_r8_1, writeJailhouseSystemPlatformInfo_r8_1,
  readJailhouseSystemPlatformInfo_r9_1, writeJailhouseSystemPlatformInfo_r9_1,
  readJailhouseSystemPlatformInfo_r11_2, writeJailhouseSystemPlatformInfo_r11_2,
  readJailhouseSystemPlatformInfo_r11_3, writeJailhouseSystemPlatformInfo_r11_3,
  readJailhouseSystemPlatformInfo_r12_17, writeJailhouseSystemPlatformInfo_r12_17,
  readJailhouseSystemPlatformInfo_r12_18, writeJailhouseSystemPlatformInfo_r12_18,
  readJailhouseSystemPlatformInfo_r13_1, writeJailhouseSystemPlatformInfo_r13_1,
  readJailhouseSystemPlatformInfo_r13_2, writeJailhouseSystemPlatformInfo_r13_2,
  readJailhouseSystemPlatformInfo_r13_6, writeJailhouseSystemPlatformInfo_r13_6,
  readJailhouseSystemPlatformInfo_fork_danieleottaviano,
  writeJailhouseSystemPlatformInfo_fork_danieleottaviano,
  readJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp,
  writeJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp,
  readJailhouseSystemPlatformInfo_fork_lfd_v10, writeJailhouseSystemPlatformInfo_fork_lfd_v10,
  readJailhouseSystemPlatformInfo_fork_lfd_v13, writeJailhouseSystemPlatformInfo_fork_lfd_v13,
  readJailhouseSystemPlatformInfo_fork_lfd_v17, writeJailhouseSystemPlatformInfo_fork_lfd_v17,
  readJailhouseSystemPlatformInfo_fork_lfd_v18, writeJailhouseSystemPlatformInfo_fork_lfd_v18,
  readJailhouseSystemPlatformInfo_fork_minervasys_next,
  writeJailhouseSystemPlatformInfo_fork_minervasys_next,
  readJailhouseSystemPlatformInfo_fork_mtk_smc_ids, writeJailhouseSystemPlatformInfo_fork_mtk_smc_ids,
  readJailhouseSystemPlatformInfo_fork_nxp_4_14_78, writeJailhouseSystemPlatformInfo_fork_nxp_4_14_78,
  readJailhouseSystemPlatformInfo_fork_nxp_5_4_24, writeJailhouseSystemPlatformInfo_fork_nxp_5_4_24,
  readJailhouseSystemPlatformInfo_fork_rntmancuso_coloring,
  writeJailhouseSystemPlatformInfo_fork_rntmancuso_coloring,
  readJailhouseSystemPlatformInfo_fork_siemens_coloring,
  writeJailhouseSystemPlatformInfo_fork_siemens_coloring, readJailhouseSystemPlatformInfo_fork_ti_0_10,
  writeJailhouseSystemPlatformInfo_fork_ti_0_10
} from "./jailhouse-system.platform-info.js";
import {
  readJailhouseDebugConsole_r1_2, writeJailhouseDebugConsole_r1_2, readJailhouseDebugConsole_r1_4,
  writeJailhouseDebugConsole_r1_4, readJailhouseDebugConsole_r1_5, writeJailhouseDebugConsole_r1_5
} from "./jailhouse-debug-console.js";
import {
  readJailhouseConsole_r9_2, writeJailhouseConsole_r9_2, readJailhouseConsole_r9_3,
  writeJailhouseConsole_r9_3
} from "./jailhouse-console.js";

/** Reads `jailhouse_system` (128 bytes) of r0.1 to r0.2. */
export function readJailhouseSystem_r0_1(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_1(view, at),
    config_memory: readJailhouseMemory_r0_1(view, at + 32),
    system: readJailhouseCellDesc_r0_1(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_1} reads. */
export function writeJailhouseSystem_r0_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_1(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_1(view, at + 32, structOf(field)));
  written += writeField(value.system, "system", (field) => writeJailhouseCellDesc_r0_1(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "system"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (128 bytes) of r0.3 to r0.4. */
export function readJailhouseSystem_r0_3(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    system: readJailhouseCellDesc_r0_1(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_3} reads. */
export function writeJailhouseSystem_r0_3(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.system, "system", (field) => writeJailhouseCellDesc_r0_1(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "system"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (128 bytes) of r0.5 to r0.7. */
export function readJailhouseSystem_r0_5(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    system: readJailhouseCellDesc_r0_5(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_5} reads. */
export function writeJailhouseSystem_r0_5(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.system, "system", (field) => writeJailhouseCellDesc_r0_5(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "system"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (120 bytes) of r0.8. */
export function readJailhouseSystem_r0_8(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    system: readJailhouseCellDesc_r0_8(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_8} reads. */
export function writeJailhouseSystem_r0_8(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.system, "system", (field) => writeJailhouseCellDesc_r0_8(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "system"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (120 bytes) of r0.9. */
export function readJailhouseSystem_r0_9(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    system: readJailhouseCellDesc_r0_9(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_9} reads. */
export function writeJailhouseSystem_r0_9(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.system, "system", (field) => writeJailhouseCellDesc_r0_9(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "system"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (120 bytes) of r0.10. */
export function readJailhouseSystem_r0_10(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    root_cell: readJailhouseCellDesc_r0_9(view, at + 64),
  };
}

/** Writes what {@link readJailhouseSystem_r0_10} reads. */
export function writeJailhouseSystem_r0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_9(view, at + 64, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (122 bytes) of r0.11. */
export function readJailhouseSystem_r0_11(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_11(view, at + 64),
    root_cell: readJailhouseCellDesc_r0_9(view, at + 66),
  };
}

/** Writes what {@link readJailhouseSystem_r0_11} reads. */
export function writeJailhouseSystem_r0_11(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_11(view, at + 64, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_9(view, at + 66, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (126 bytes) of r0.12 to r0.13. */
export function readJailhouseSystem_r0_12(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_11(view, at + 64),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 66),
  };
}

/** Writes what {@link readJailhouseSystem_r0_12} reads. */
export function writeJailhouseSystem_r0_12(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_11(view, at + 64, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 66, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (140 bytes) of r0.14. */
export function readJailhouseSystem_r0_14(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_14(view, at + 64),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 80),
  };
}

/** Writes what {@link readJailhouseSystem_r0_14} reads. */
export function writeJailhouseSystem_r0_14(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_14(view, at + 64, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 80, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (204 bytes) of r0.15. */
export function readJailhouseSystem_r0_15(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    config_memory: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_15(view, at + 64),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 144),
  };
}

/** Writes what {@link readJailhouseSystem_r0_15} reads. */
export function writeJailhouseSystem_r0_15(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.config_memory, "config_memory", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_15(view, at + 64, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 144, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "config_memory", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (172 bytes) of r0.16 to r0.17. */
export function readJailhouseSystem_r0_16(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    platform_info: readJailhouseSystemPlatformInfo_r0_15(view, at + 32),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 112),
  };
}

/** Writes what {@link readJailhouseSystem_r0_16} reads. */
export function writeJailhouseSystem_r0_16(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_15(view, at + 32, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 112, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (180 bytes) of r0.18 to r0.20. */
export function readJailhouseSystem_r0_18(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    platform_info: readJailhouseSystemPlatformInfo_r0_15(view, at + 32),
    device_limit: view.getUint32(at + 112, true),
    interrupt_limit: view.getUint32(at + 116, true),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 120),
  };
}

/** Writes what {@link readJailhouseSystem_r0_18} reads. */
export function writeJailhouseSystem_r0_18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_15(view, at + 32, structOf(field)));
  written += writeU32(view, at + 112, value.device_limit, "device_limit");
  written += writeU32(view, at + 116, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 120, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (180 bytes) of r0.21 to r0.25. */
export function readJailhouseSystem_r0_21(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    platform_info: readJailhouseSystemPlatformInfo_r0_21(view, at + 32),
    device_limit: view.getUint32(at + 112, true),
    interrupt_limit: view.getUint32(at + 116, true),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 120),
  };
}

/** Writes what {@link readJailhouseSystem_r0_21} reads. */
export function writeJailhouseSystem_r0_21(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_21(view, at + 32, structOf(field)));
  written += writeU32(view, at + 112, value.device_limit, "device_limit");
  written += writeU32(view, at + 116, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 120, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (212 bytes) of r0.26. */
export function readJailhouseSystem_r0_26(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    debug_uart: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_21(view, at + 64),
    device_limit: view.getUint32(at + 144, true),
    interrupt_limit: view.getUint32(at + 148, true),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 152),
  };
}

/** Writes what {@link readJailhouseSystem_r0_26} reads. */
export function writeJailhouseSystem_r0_26(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.debug_uart, "debug_uart", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_21(view, at + 64, structOf(field)));
  written += writeU32(view, at + 144, value.device_limit, "device_limit");
  written += writeU32(view, at + 148, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 152, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "debug_uart", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (212 bytes) of r0.27. */
export function readJailhouseSystem_r0_27(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    debug_uart: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_15(view, at + 64),
    device_limit: view.getUint32(at + 144, true),
    interrupt_limit: view.getUint32(at + 148, true),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 152),
  };
}

/** Writes what {@link readJailhouseSystem_r0_27} reads. */
export function writeJailhouseSystem_r0_27(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.debug_uart, "debug_uart", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_15(view, at + 64, structOf(field)));
  written += writeU32(view, at + 144, value.device_limit, "device_limit");
  written += writeU32(view, at + 148, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 152, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "debug_uart", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (212 bytes) of r0.28 to r0.29. */
export function readJailhouseSystem_r0_28(view: DataView, at: number): WireStruct {
  return {
    hypervisor_memory: readJailhouseMemory_r0_3(view, at),
    debug_uart: readJailhouseMemory_r0_3(view, at + 32),
    platform_info: readJailhouseSystemPlatformInfo_r0_28(view, at + 64),
    device_limit: view.getUint32(at + 144, true),
    interrupt_limit: view.getUint32(at + 148, true),
    root_cell: readJailhouseCellDesc_r0_12(view, at + 152),
  };
}

/** Writes what {@link readJailhouseSystem_r0_28} reads. */
export function writeJailhouseSystem_r0_28(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at, structOf(field)));
  written += writeField(value.debug_uart, "debug_uart", (field) => writeJailhouseMemory_r0_3(view, at + 32, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_28(view, at + 64, structOf(field)));
  written += writeU32(view, at + 144, value.device_limit, "device_limit");
  written += writeU32(view, at + 148, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_12(view, at + 152, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["hypervisor_memory", "debug_uart", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (228 bytes) of r0.30 to r0.31. */
export function readJailhouseSystem_r0_30(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_uart: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_28(view, at + 72),
    device_limit: view.getUint32(at + 152, true),
    interrupt_limit: view.getUint32(at + 156, true),
    root_cell: readJailhouseCellDesc_r0_30(view, at + 160),
  };
}

/** Writes what {@link readJailhouseSystem_r0_30} reads. */
export function writeJailhouseSystem_r0_30(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_uart, "debug_uart", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_28(view, at + 72, structOf(field)));
  written += writeU32(view, at + 152, value.device_limit, "device_limit");
  written += writeU32(view, at + 156, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_30(view, at + 160, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_uart", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (232 bytes) of r0.32 to r0.34. */
export function readJailhouseSystem_r0_32(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_uart: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_28(view, at + 72),
    device_limit: view.getUint32(at + 152, true),
    interrupt_limit: view.getUint32(at + 156, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 160),
  };
}

/** Writes what {@link readJailhouseSystem_r0_32} reads. */
export function writeJailhouseSystem_r0_32(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_uart, "debug_uart", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_28(view, at + 72, structOf(field)));
  written += writeU32(view, at + 152, value.device_limit, "device_limit");
  written += writeU32(view, at + 156, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 160, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_uart", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (232 bytes) of r0.35. */
export function readJailhouseSystem_r0_35(view: DataView, at: number): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_28(view, at + 72),
    device_limit: view.getUint32(at + 152, true),
    interrupt_limit: view.getUint32(at + 156, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 160),
  };
}

/** Writes what {@link readJailhouseSystem_r0_35} reads. */
export function writeJailhouseSystem_r0_35(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_28(view, at + 72, structOf(field)));
  written += writeU32(view, at + 152, value.device_limit, "device_limit");
  written += writeU32(view, at + 156, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 160, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (232 bytes) of r0.36. */
export function readJailhouseSystem_r0_36(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_36(view, at + 72, context),
    device_limit: view.getUint32(at + 152, true),
    interrupt_limit: view.getUint32(at + 156, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 160),
  };
}

/** Writes what {@link readJailhouseSystem_r0_36} reads. */
export function writeJailhouseSystem_r0_36(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_36(view, at + 72, structOf(field)));
  written += writeU32(view, at + 152, value.device_limit, "device_limit");
  written += writeU32(view, at + 156, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 160, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (264 bytes) of r0.37. */
export function readJailhouseSystem_r0_37(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_37(view, at + 72, context),
    device_limit: view.getUint32(at + 184, true),
    interrupt_limit: view.getUint32(at + 188, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 192),
  };
}

/** Writes what {@link readJailhouseSystem_r0_37} reads. */
export function writeJailhouseSystem_r0_37(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_37(view, at + 72, structOf(field)));
  written += writeU32(view, at + 184, value.device_limit, "device_limit");
  written += writeU32(view, at + 188, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 192, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.38. */
export function readJailhouseSystem_r0_38(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_38(view, at + 72, context),
    device_limit: view.getUint32(at + 248, true),
    interrupt_limit: view.getUint32(at + 252, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 256),
  };
}

/** Writes what {@link readJailhouseSystem_r0_38} reads. */
export function writeJailhouseSystem_r0_38(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_38(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.device_limit, "device_limit");
  written += writeU32(view, at + 252, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 256, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "device_limit", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (324 bytes) of r0.39 to r0.40. */
export function readJailhouseSystem_r0_39(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_38(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_32(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_39} reads. */
export function writeJailhouseSystem_r0_39(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_38(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_32(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.41. */
export function readJailhouseSystem_r0_41(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_38(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_41(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_41} reads. */
export function writeJailhouseSystem_r0_41(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_38(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_41(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.42 to r0.44. */
export function readJailhouseSystem_r0_42(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_42(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_41(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_42} reads. */
export function writeJailhouseSystem_r0_42(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_42(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_41(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.45. */
export function readJailhouseSystem_r0_45(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_45(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_41(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_45} reads. */
export function writeJailhouseSystem_r0_45(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_45(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_41(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.46. */
export function readJailhouseSystem_r0_46(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_46(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_41(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_46} reads. */
export function writeJailhouseSystem_r0_46(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_46(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_41(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (332 bytes) of r0.47. */
export function readJailhouseSystem_r0_47(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_46(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_47(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_47} reads. */
export function writeJailhouseSystem_r0_47(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_46(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_47(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (332 bytes) of r0.48. */
export function readJailhouseSystem_r0_48(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_48(view, at + 72, context),
    interrupt_limit: view.getUint32(at + 248, true),
    root_cell: readJailhouseCellDesc_r0_47(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r0_48} reads. */
export function writeJailhouseSystem_r0_48(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_48(view, at + 72, structOf(field)));
  written += writeU32(view, at + 248, value.interrupt_limit, "interrupt_limit");
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_47(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "interrupt_limit", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r0.49. */
export function readJailhouseSystem_r0_49(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 8),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_49(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r0_47(view, at + 248),
  };
}

/** Writes what {@link readJailhouseSystem_r0_49} reads. */
export function writeJailhouseSystem_r0_49(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 8, field));
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_49(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r0_47(view, at + 248, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r1.1. */
export function readJailhouseSystem_r1_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseMemory_r0_3(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_49(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r1_1(view, at + 248),
  };
}

/** Writes what {@link readJailhouseSystem_r1_1} reads. */
export function writeJailhouseSystem_r1_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseMemory_r0_3(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_49(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r1_1(view, at + 248, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (312 bytes) of r1.2 to r1.3. */
export function readJailhouseSystem_r1_2(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_2(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_49(view, at + 56, context),
    root_cell: readJailhouseCellDesc_r1_1(view, at + 232),
  };
}

/** Writes what {@link readJailhouseSystem_r1_2} reads. */
export function writeJailhouseSystem_r1_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_2(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_49(view, at + 56, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r1_1(view, at + 232, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (320 bytes) of r1.4. */
export function readJailhouseSystem_r1_4(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_4(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_49(view, at + 64, context),
    root_cell: readJailhouseCellDesc_r1_1(view, at + 240),
  };
}

/** Writes what {@link readJailhouseSystem_r1_4} reads. */
export function writeJailhouseSystem_r1_4(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_4(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_49(view, at + 64, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r1_1(view, at + 240, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (328 bytes) of r1.5 to r2.2. */
export function readJailhouseSystem_r1_5(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r0_49(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r1_1(view, at + 248),
  };
}

/** Writes what {@link readJailhouseSystem_r1_5} reads. */
export function writeJailhouseSystem_r1_5(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r0_49(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r1_1(view, at + 248, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (332 bytes) of r3.1 to r4.1. */
export function readJailhouseSystem_r3_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r3_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r1_1(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r3_1} reads. */
export function writeJailhouseSystem_r3_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r3_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r1_1(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (340 bytes) of r5.1. */
export function readJailhouseSystem_r5_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r3_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r5_1(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r5_1} reads. */
export function writeJailhouseSystem_r5_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r3_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r5_1(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (340 bytes) of r6.1 to r6.2. */
export function readJailhouseSystem_r6_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r6_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r5_1(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r6_1} reads. */
export function writeJailhouseSystem_r6_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r6_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r5_1(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (348 bytes) of r7.1 to r7.2. */
export function readJailhouseSystem_r7_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r6_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r7_1(view, at + 252),
  };
}

/** Writes what {@link readJailhouseSystem_r7_1} reads. */
export function writeJailhouseSystem_r7_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r6_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r7_1(view, at + 252, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (356 bytes) of r8.1 to r8.4. */
export function readJailhouseSystem_r8_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r8_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r7_1(view, at + 260),
  };
}

/** Writes what {@link readJailhouseSystem_r8_1} reads. */
export function writeJailhouseSystem_r8_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r8_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r7_1(view, at + 260, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (358 bytes) of r9.1. */
export function readJailhouseSystem_r9_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r9_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r7_1(view, at + 262),
  };
}

/** Writes what {@link readJailhouseSystem_r9_1} reads. */
export function writeJailhouseSystem_r9_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r9_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r7_1(view, at + 262, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (358 bytes) of r9.2. */
export function readJailhouseSystem_r9_2(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseConsole_r9_2(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_r9_1(view, at + 72, context),
    root_cell: readJailhouseCellDesc_r7_1(view, at + 262),
  };
}

/** Writes what {@link readJailhouseSystem_r9_2} reads. */
export function writeJailhouseSystem_r9_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_2(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r9_1(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r7_1(view, at + 262, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (362 bytes) of r9.3 to r9.4. */
export function readJailhouseSystem_r9_3(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r9_1(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r7_1(view, at + 266),
  };
}

/** Writes what {@link readJailhouseSystem_r9_3} reads. */
export function writeJailhouseSystem_r9_3(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r9_1(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r7_1(view, at + 266, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (394 bytes) of r10.1 to r10.8, fork-hky1999-arceos. */
export function readJailhouseSystem_r10_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r9_1(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r10_1(view, at + 266),
  };
}

/** Writes what {@link readJailhouseSystem_r10_1} reads. */
export function writeJailhouseSystem_r10_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r9_1(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r10_1(view, at + 266, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (394 bytes) of r11.1. */
export function readJailhouseSystem_r11_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r9_1(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r11_1(view, at + 266),
  };
}

/** Writes what {@link readJailhouseSystem_r11_1} reads. */
export function writeJailhouseSystem_r11_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r9_1(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r11_1(view, at + 266, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (426 bytes) of r11.2. */
export function readJailhouseSystem_r11_2(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r11_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r11_1(view, at + 298),
  };
}

/** Writes what {@link readJailhouseSystem_r11_2} reads. */
export function writeJailhouseSystem_r11_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r11_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r11_1(view, at + 298, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (450 bytes) of r11.3. */
export function readJailhouseSystem_r11_3(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r11_3(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r11_1(view, at + 322),
  };
}

/** Writes what {@link readJailhouseSystem_r11_3} reads. */
export function writeJailhouseSystem_r11_3(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r11_3(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r11_1(view, at + 322, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (454 bytes) of r12.1 to r12.16. */
export function readJailhouseSystem_r12_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r11_3(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 322),
  };
}

/** Writes what {@link readJailhouseSystem_r12_1} reads. */
export function writeJailhouseSystem_r12_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r11_3(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 322, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (454 bytes) of r12.17. */
export function readJailhouseSystem_r12_17(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r12_17(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 322),
  };
}

/** Writes what {@link readJailhouseSystem_r12_17} reads. */
export function writeJailhouseSystem_r12_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r12_17(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 322, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (486 bytes) of r12.18 to r12.19. */
export function readJailhouseSystem_r12_18(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r12_18(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 354),
  };
}

/** Writes what {@link readJailhouseSystem_r12_18} reads. */
export function writeJailhouseSystem_r12_18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r12_18(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 354, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (486 bytes) of r13.1. */
export function readJailhouseSystem_r13_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_1(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 354),
  };
}

/** Writes what {@link readJailhouseSystem_r13_1} reads. */
export function writeJailhouseSystem_r13_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_1(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 354, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (488 bytes) of r13.2 to r13.5, r13.8 to r13.9. */
export function readJailhouseSystem_r13_2(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_r13_2} reads. */
export function writeJailhouseSystem_r13_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (488 bytes) of r13.6 to r13.7. */
export function readJailhouseSystem_r13_6(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_6(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_r13_6} reads. */
export function writeJailhouseSystem_r13_6(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_6(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (488 bytes) of r14.1, fork-lfd-s32g. */
export function readJailhouseSystem_r14_1(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r14_1(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_r14_1} reads. */
export function writeJailhouseSystem_r14_1(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r14_1(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (645 bytes) of fork-danieleottaviano. */
export function readJailhouseSystem_fork_danieleottaviano(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_fork_danieleottaviano(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 52),
    platform_info: readJailhouseSystemPlatformInfo_fork_danieleottaviano(view, at + 84, context),
    root_cell: readJailhouseCellDesc_fork_danieleottaviano(view, at + 493),
  };
}

/** Writes what {@link readJailhouseSystem_fork_danieleottaviano} reads. */
export function writeJailhouseSystem_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_fork_danieleottaviano(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 52, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_danieleottaviano(view, at + 84, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_danieleottaviano(view, at + 493, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (604 bytes) of fork-danieleottaviano-zynqmp. */
export function readJailhouseSystem_fork_danieleottaviano_zynqmp(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_fork_danieleottaviano(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 52),
    platform_info: readJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp(view, at + 84, context),
    root_cell: readJailhouseCellDesc_fork_danieleottaviano_zynqmp(view, at + 460),
  };
}

/** Writes what {@link readJailhouseSystem_fork_danieleottaviano_zynqmp} reads. */
export function writeJailhouseSystem_fork_danieleottaviano_zynqmp(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_fork_danieleottaviano(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 52, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_danieleottaviano_zynqmp(view, at + 84, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_danieleottaviano_zynqmp(view, at + 460, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (488 bytes) of fork-lfd-v4, fork-siemens-new-cpu-config-rev15. */
export function readJailhouseSystem_fork_lfd_v4(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v4(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_fork_lfd_v4} reads. */
export function writeJailhouseSystem_fork_lfd_v4(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v4(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (526 bytes) of fork-lfd-v10. */
export function readJailhouseSystem_fork_lfd_v10(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_lfd_v10(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v10(view, at + 394),
  };
}

/** Writes what {@link readJailhouseSystem_fork_lfd_v10} reads. */
export function writeJailhouseSystem_fork_lfd_v10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_lfd_v10(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v10(view, at + 394, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (528 bytes) of fork-lfd-v13. */
export function readJailhouseSystem_fork_lfd_v13(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_lfd_v13(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v4(view, at + 396),
  };
}

/** Writes what {@link readJailhouseSystem_fork_lfd_v13} reads. */
export function writeJailhouseSystem_fork_lfd_v13(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_lfd_v13(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v4(view, at + 396, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (548 bytes) of fork-lfd-v17. */
export function readJailhouseSystem_fork_lfd_v17(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_lfd_v17(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v4(view, at + 416),
  };
}

/** Writes what {@link readJailhouseSystem_fork_lfd_v17} reads. */
export function writeJailhouseSystem_fork_lfd_v17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_lfd_v17(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v4(view, at + 416, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (556 bytes) of fork-lfd-v18. */
export function readJailhouseSystem_fork_lfd_v18(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_lfd_v18(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v4(view, at + 424),
  };
}

/** Writes what {@link readJailhouseSystem_fork_lfd_v18} reads. */
export function writeJailhouseSystem_fork_lfd_v18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_lfd_v18(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v4(view, at + 424, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (584 bytes) of fork-minervasys-next. */
export function readJailhouseSystem_fork_minervasys_next(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_fork_danieleottaviano(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 52),
    platform_info: readJailhouseSystemPlatformInfo_fork_minervasys_next(view, at + 84, context),
    root_cell: readJailhouseCellDesc_fork_minervasys_next(view, at + 448),
  };
}

/** Writes what {@link readJailhouseSystem_fork_minervasys_next} reads. */
export function writeJailhouseSystem_fork_minervasys_next(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_fork_danieleottaviano(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 52, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_minervasys_next(view, at + 84, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_minervasys_next(view, at + 448, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (588 bytes) of fork-minervasys-omnivisor. */
export function readJailhouseSystem_fork_minervasys_omnivisor(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_fork_danieleottaviano(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 52),
    platform_info: readJailhouseSystemPlatformInfo_fork_minervasys_next(view, at + 84, context),
    root_cell: readJailhouseCellDesc_fork_minervasys_omnivisor(view, at + 448),
  };
}

/** Writes what {@link readJailhouseSystem_fork_minervasys_omnivisor} reads. */
export function writeJailhouseSystem_fork_minervasys_omnivisor(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_fork_danieleottaviano(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 52, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_minervasys_next(view, at + 84, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_minervasys_omnivisor(view, at + 448, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (496 bytes) of fork-mtk-smc-ids. */
export function readJailhouseSystem_fork_mtk_smc_ids(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_mtk_smc_ids(view, at + 360),
  };
}

/** Writes what {@link readJailhouseSystem_fork_mtk_smc_ids} reads. */
export function writeJailhouseSystem_fork_mtk_smc_ids(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_mtk_smc_ids(view, at + 360, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (500 bytes) of fork-mtk-vendor-resources. */
export function readJailhouseSystem_fork_mtk_vendor_resources(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 5),
    architecture: view.getUint8(at + 5),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_mtk_vendor_resources(view, at + 360),
  };
}

/** Writes what {@link readJailhouseSystem_fork_mtk_vendor_resources} reads. */
export function writeJailhouseSystem_fork_mtk_vendor_resources(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 5, field));
  written += writeU8(view, at + 5, value.architecture, "architecture");
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_mtk_smc_ids(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_mtk_vendor_resources(view, at + 360, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "architecture", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (482 bytes) of fork-nxp-4.14.78. */
export function readJailhouseSystem_fork_nxp_4_14_78(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 8),
    debug_console: readJailhouseDebugConsole_r1_5(view, at + 40),
    platform_info: readJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view, at + 72, context),
    root_cell: readJailhouseCellDesc_fork_nxp_4_14_78(view, at + 382),
  };
}

/** Writes what {@link readJailhouseSystem_fork_nxp_4_14_78} reads. */
export function writeJailhouseSystem_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 8, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseDebugConsole_r1_5(view, at + 40, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view, at + 72, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_nxp_4_14_78(view, at + 382, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (538 bytes) of fork-nxp-4.14.98, fork-nxp-5.4.3. */
export function readJailhouseSystem_fork_nxp_4_14_98(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_nxp_4_14_98(view, at + 386),
  };
}

/** Writes what {@link readJailhouseSystem_fork_nxp_4_14_98} reads. */
export function writeJailhouseSystem_fork_nxp_4_14_98(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_nxp_4_14_78(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_nxp_4_14_98(view, at + 386, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (582 bytes) of fork-nxp-5.4.24, fork-nxp-5.10.72. */
export function readJailhouseSystem_fork_nxp_5_4_24(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_nxp_5_4_24(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 450),
  };
}

/** Writes what {@link readJailhouseSystem_fork_nxp_5_4_24} reads. */
export function writeJailhouseSystem_fork_nxp_5_4_24(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_nxp_5_4_24(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 450, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (492 bytes) of fork-rntmancuso, fork-rntmancuso-hwalias. */
export function readJailhouseSystem_fork_rntmancuso(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_rntmancuso(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_fork_rntmancuso} reads. */
export function writeJailhouseSystem_fork_rntmancuso(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_rntmancuso(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (410 bytes) of fork-rntmancuso-coloring. */
export function readJailhouseSystem_fork_rntmancuso_coloring(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_fork_danieleottaviano(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 52),
    platform_info: readJailhouseSystemPlatformInfo_fork_rntmancuso_coloring(view, at + 84, context),
    root_cell: readJailhouseCellDesc_r10_1(view, at + 282),
  };
}

/** Writes what {@link readJailhouseSystem_fork_rntmancuso_coloring} reads. */
export function writeJailhouseSystem_fork_rntmancuso_coloring(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_fork_danieleottaviano(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 52, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_rntmancuso_coloring(view, at + 84, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r10_1(view, at + 282, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (492 bytes) of fork-siemens-coloring. */
export function readJailhouseSystem_fork_siemens_coloring(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_siemens_coloring(view, at + 76, context),
    root_cell: readJailhouseCellDesc_r12_1(view, at + 360),
  };
}

/** Writes what {@link readJailhouseSystem_fork_siemens_coloring} reads. */
export function writeJailhouseSystem_fork_siemens_coloring(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_siemens_coloring(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_r12_1(view, at + 360, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (488 bytes) of fork-siemens-new-cpu-config. */
export function readJailhouseSystem_fork_siemens_new_cpu_config(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r13_2(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v10(view, at + 356),
  };
}

/** Writes what {@link readJailhouseSystem_fork_siemens_new_cpu_config} reads. */
export function writeJailhouseSystem_fork_siemens_new_cpu_config(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r13_2(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v10(view, at + 356, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (486 bytes) of fork-siemens-riscv. */
export function readJailhouseSystem_fork_siemens_riscv(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_r12_18(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_lfd_v10(view, at + 354),
  };
}

/** Writes what {@link readJailhouseSystem_fork_siemens_riscv} reads. */
export function writeJailhouseSystem_fork_siemens_riscv(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_r12_18(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_lfd_v10(view, at + 354, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_system` (554 bytes) of fork-ti-0.10. */
export function readJailhouseSystem_fork_ti_0_10(view: DataView, at: number, context: ViewContext): WireStruct {
  return {
    signature: readText(view, at, 6),
    revision: view.getUint16(at + 6, true),
    flags: view.getUint32(at + 8, true),
    hypervisor_memory: readJailhouseMemory_r0_3(view, at + 12),
    debug_console: readJailhouseConsole_r9_3(view, at + 44),
    platform_info: readJailhouseSystemPlatformInfo_fork_ti_0_10(view, at + 76, context),
    root_cell: readJailhouseCellDesc_fork_ti_0_10(view, at + 418),
  };
}

/** Writes what {@link readJailhouseSystem_fork_ti_0_10} reads. */
export function writeJailhouseSystem_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.signature, "signature", (field) => writeText(view, at, 6, field));
  written += writeU16(view, at + 6, value.revision, "revision");
  written += writeU32(view, at + 8, value.flags, "flags");
  written += writeField(value.hypervisor_memory, "hypervisor_memory", (field) => writeJailhouseMemory_r0_3(view, at + 12, structOf(field)));
  written += writeField(value.debug_console, "debug_console", (field) => writeJailhouseConsole_r9_3(view, at + 44, structOf(field)));
  written += writeField(value.platform_info, "platform_info", (field) => writeJailhouseSystemPlatformInfo_fork_ti_0_10(view, at + 76, structOf(field)));
  written += writeField(value.root_cell, "root_cell", (field) => writeJailhouseCellDesc_fork_ti_0_10(view, at + 418, structOf(field)));
  refuseOthers("jailhouse_system", value, written, ["signature", "revision", "flags", "hypervisor_memory", "debug_console", "platform_info", "root_cell"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_system`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.1": case "r0.2":
      return 0;
    case "r0.3": case "r0.4":
      return 1;
    case "r0.5": case "r0.6": case "r0.7":
      return 2;
    case "r0.8":
      return 3;
    case "r0.9":
      return 4;
    case "r0.10":
      return 5;
    case "r0.11":
      return 6;
    case "r0.12": case "r0.13":
      return 7;
    case "r0.14":
      return 8;
    case "r0.15":
      return 9;
    case "r0.16": case "r0.17":
      return 10;
    case "r0.18": case "r0.19": case "r0.20":
      return 11;
    case "r0.21": case "r0.22": case "r0.23": case "r0.24": case "r0.25":
      return 12;
    case "r0.26":
      return 13;
    case "r0.27":
      return 14;
    case "r0.28": case "r0.29":
      return 15;
    case "r0.30": case "r0.31":
      return 16;
    case "r0.32": case "r0.33": case "r0.34":
      return 17;
    case "r0.35":
      return 18;
    case "r0.36":
      return 19;
    case "r0.37":
      return 20;
    case "r0.38":
      return 21;
    case "r0.39": case "r0.40":
      return 22;
    case "r0.41":
      return 23;
    case "r0.42": case "r0.43": case "r0.44":
      return 24;
    case "r0.45":
      return 25;
    case "r0.46":
      return 26;
    case "r0.47":
      return 27;
    case "r0.48":
      return 28;
    case "r0.49":
      return 29;
    case "r1.1":
      return 30;
    case "r1.2": case "r1.3":
      return 31;
    case "r1.4":
      return 32;
    case "r1.5": case "r1.6":
    case "r2.1": case "r2.2":
      return 33;
    case "r3.1": case "r3.2": case "r3.3": case "r3.4":
    case "r4.1":
      return 34;
    case "r5.1":
      return 35;
    case "r6.1": case "r6.2":
      return 36;
    case "r7.1": case "r7.2":
      return 37;
    case "r8.1": case "r8.2": case "r8.3": case "r8.4":
      return 38;
    case "r9.1":
      return 39;
    case "r9.2":
      return 40;
    case "r9.3": case "r9.4":
      return 41;
    case "r10.1": case "r10.2": case "r10.3": case "r10.4": case "r10.5": case "r10.6": case "r10.7":
    case "r10.8":
    case "fork-hky1999-arceos":
      return 42;
    case "r11.1":
      return 43;
    case "r11.2":
      return 44;
    case "r11.3":
      return 45;
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "r12.8": case "r12.9": case "r12.10": case "r12.11": case "r12.12": case "r12.13":
    case "r12.14": case "r12.15": case "r12.16":
      return 46;
    case "r12.17":
      return 47;
    case "r12.18": case "r12.19":
      return 48;
    case "r13.1":
      return 49;
    case "r13.2": case "r13.3": case "r13.4": case "r13.5": case "r13.8": case "r13.9":
      return 50;
    case "r13.6": case "r13.7":
      return 51;
    case "r14.1":
    case "fork-lfd-s32g":
      return 52;
    case "fork-danieleottaviano":
      return 53;
    case "fork-danieleottaviano-zynqmp":
      return 54;
    case "fork-lfd-v4": case "fork-siemens-new-cpu-config-rev15":
      return 55;
    case "fork-lfd-v10":
      return 56;
    case "fork-lfd-v13":
      return 57;
    case "fork-lfd-v17":
      return 58;
    case "fork-lfd-v18":
      return 59;
    case "fork-minervasys-next":
      return 60;
    case "fork-minervasys-omnivisor":
      return 61;
    case "fork-mtk-smc-ids":
      return 62;
    case "fork-mtk-vendor-resources":
      return 63;
    case "fork-nxp-4.14.78":
      return 64;
    case "fork-nxp-4.14.98": case "fork-nxp-5.4.3":
      return 65;
    case "fork-nxp-5.4.24": case "fork-nxp-5.10.72":
      return 66;
    case "fork-rntmancuso": case "fork-rntmancuso-hwalias":
      return 67;
    case "fork-rntmancuso-coloring":
      return 68;
    case "fork-siemens-coloring":
      return 69;
    case "fork-siemens-new-cpu-config":
      return 70;
    case "fork-siemens-riscv":
      return 71;
    case "fork-ti-0.10":
      return 72;
    default:
      return -1;
  }
}

/** What reads `jailhouse_system` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseSystem(profile: string): ReadStruct | undefined {
  return [
    readJailhouseSystem_r0_1,
    readJailhouseSystem_r0_3,
    readJailhouseSystem_r0_5,
    readJailhouseSystem_r0_8,
    readJailhouseSystem_r0_9,
    readJailhouseSystem_r0_10,
    readJailhouseSystem_r0_11,
    readJailhouseSystem_r0_12,
    readJailhouseSystem_r0_14,
    readJailhouseSystem_r0_15,
    readJailhouseSystem_r0_16,
    readJailhouseSystem_r0_18,
    readJailhouseSystem_r0_21,
    readJailhouseSystem_r0_26,
    readJailhouseSystem_r0_27,
    readJailhouseSystem_r0_28,
    readJailhouseSystem_r0_30,
    readJailhouseSystem_r0_32,
    readJailhouseSystem_r0_35,
    readJailhouseSystem_r0_36,
    readJailhouseSystem_r0_37,
    readJailhouseSystem_r0_38,
    readJailhouseSystem_r0_39,
    readJailhouseSystem_r0_41,
    readJailhouseSystem_r0_42,
    readJailhouseSystem_r0_45,
    readJailhouseSystem_r0_46,
    readJailhouseSystem_r0_47,
    readJailhouseSystem_r0_48,
    readJailhouseSystem_r0_49,
    readJailhouseSystem_r1_1,
    readJailhouseSystem_r1_2,
    readJailhouseSystem_r1_4,
    readJailhouseSystem_r1_5,
    readJailhouseSystem_r3_1,
    readJailhouseSystem_r5_1,
    readJailhouseSystem_r6_1,
    readJailhouseSystem_r7_1,
    readJailhouseSystem_r8_1,
    readJailhouseSystem_r9_1,
    readJailhouseSystem_r9_2,
    readJailhouseSystem_r9_3,
    readJailhouseSystem_r10_1,
    readJailhouseSystem_r11_1,
    readJailhouseSystem_r11_2,
    readJailhouseSystem_r11_3,
    readJailhouseSystem_r12_1,
    readJailhouseSystem_r12_17,
    readJailhouseSystem_r12_18,
    readJailhouseSystem_r13_1,
    readJailhouseSystem_r13_2,
    readJailhouseSystem_r13_6,
    readJailhouseSystem_r14_1,
    readJailhouseSystem_fork_danieleottaviano,
    readJailhouseSystem_fork_danieleottaviano_zynqmp,
    readJailhouseSystem_fork_lfd_v4,
    readJailhouseSystem_fork_lfd_v10,
    readJailhouseSystem_fork_lfd_v13,
    readJailhouseSystem_fork_lfd_v17,
    readJailhouseSystem_fork_lfd_v18,
    readJailhouseSystem_fork_minervasys_next,
    readJailhouseSystem_fork_minervasys_omnivisor,
    readJailhouseSystem_fork_mtk_smc_ids,
    readJailhouseSystem_fork_mtk_vendor_resources,
    readJailhouseSystem_fork_nxp_4_14_78,
    readJailhouseSystem_fork_nxp_4_14_98,
    readJailhouseSystem_fork_nxp_5_4_24,
    readJailhouseSystem_fork_rntmancuso,
    readJailhouseSystem_fork_rntmancuso_coloring,
    readJailhouseSystem_fork_siemens_coloring,
    readJailhouseSystem_fork_siemens_new_cpu_config,
    readJailhouseSystem_fork_siemens_riscv,
    readJailhouseSystem_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_system` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseSystem(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseSystem_r0_1,
    writeJailhouseSystem_r0_3,
    writeJailhouseSystem_r0_5,
    writeJailhouseSystem_r0_8,
    writeJailhouseSystem_r0_9,
    writeJailhouseSystem_r0_10,
    writeJailhouseSystem_r0_11,
    writeJailhouseSystem_r0_12,
    writeJailhouseSystem_r0_14,
    writeJailhouseSystem_r0_15,
    writeJailhouseSystem_r0_16,
    writeJailhouseSystem_r0_18,
    writeJailhouseSystem_r0_21,
    writeJailhouseSystem_r0_26,
    writeJailhouseSystem_r0_27,
    writeJailhouseSystem_r0_28,
    writeJailhouseSystem_r0_30,
    writeJailhouseSystem_r0_32,
    writeJailhouseSystem_r0_35,
    writeJailhouseSystem_r0_36,
    writeJailhouseSystem_r0_37,
    writeJailhouseSystem_r0_38,
    writeJailhouseSystem_r0_39,
    writeJailhouseSystem_r0_41,
    writeJailhouseSystem_r0_42,
    writeJailhouseSystem_r0_45,
    writeJailhouseSystem_r0_46,
    writeJailhouseSystem_r0_47,
    writeJailhouseSystem_r0_48,
    writeJailhouseSystem_r0_49,
    writeJailhouseSystem_r1_1,
    writeJailhouseSystem_r1_2,
    writeJailhouseSystem_r1_4,
    writeJailhouseSystem_r1_5,
    writeJailhouseSystem_r3_1,
    writeJailhouseSystem_r5_1,
    writeJailhouseSystem_r6_1,
    writeJailhouseSystem_r7_1,
    writeJailhouseSystem_r8_1,
    writeJailhouseSystem_r9_1,
    writeJailhouseSystem_r9_2,
    writeJailhouseSystem_r9_3,
    writeJailhouseSystem_r10_1,
    writeJailhouseSystem_r11_1,
    writeJailhouseSystem_r11_2,
    writeJailhouseSystem_r11_3,
    writeJailhouseSystem_r12_1,
    writeJailhouseSystem_r12_17,
    writeJailhouseSystem_r12_18,
    writeJailhouseSystem_r13_1,
    writeJailhouseSystem_r13_2,
    writeJailhouseSystem_r13_6,
    writeJailhouseSystem_r14_1,
    writeJailhouseSystem_fork_danieleottaviano,
    writeJailhouseSystem_fork_danieleottaviano_zynqmp,
    writeJailhouseSystem_fork_lfd_v4,
    writeJailhouseSystem_fork_lfd_v10,
    writeJailhouseSystem_fork_lfd_v13,
    writeJailhouseSystem_fork_lfd_v17,
    writeJailhouseSystem_fork_lfd_v18,
    writeJailhouseSystem_fork_minervasys_next,
    writeJailhouseSystem_fork_minervasys_omnivisor,
    writeJailhouseSystem_fork_mtk_smc_ids,
    writeJailhouseSystem_fork_mtk_vendor_resources,
    writeJailhouseSystem_fork_nxp_4_14_78,
    writeJailhouseSystem_fork_nxp_4_14_98,
    writeJailhouseSystem_fork_nxp_5_4_24,
    writeJailhouseSystem_fork_rntmancuso,
    writeJailhouseSystem_fork_rntmancuso_coloring,
    writeJailhouseSystem_fork_siemens_coloring,
    writeJailhouseSystem_fork_siemens_new_cpu_config,
    writeJailhouseSystem_fork_siemens_riscv,
    writeJailhouseSystem_fork_ti_0_10,
  ][layoutOf(profile)];
}
