// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU16, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_console` (32 bytes) of r9.2. */
export function readJailhouseConsole_r9_2(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    flags: view.getUint32(at + 12, true),
    divider: view.getUint32(at + 16, true),
    gate_nr: view.getUint32(at + 20, true),
    clock_reg: view.getBigUint64(at + 24, true),
  };
}

/** Writes what {@link readJailhouseConsole_r9_2} reads. */
export function writeJailhouseConsole_r9_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU32(view, at + 12, value.flags, "flags");
  written += writeU32(view, at + 16, value.divider, "divider");
  written += writeU32(view, at + 20, value.gate_nr, "gate_nr");
  written += writeU64(view, at + 24, value.clock_reg, "clock_reg");
  refuseOthers("jailhouse_console", value, written, ["address", "size", "flags", "divider", "gate_nr", "clock_reg"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_console` (32 bytes) of r9.3 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-hky1999-arceos, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10,
 * fork-lfd-v13, fork-lfd-v17, fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor,
 * fork-mtk-smc-ids, fork-mtk-vendor-resources, fork-nxp-4.14.98, fork-nxp-5.4.3, fork-nxp-5.4.24,
 * fork-nxp-5.10.72, fork-rntmancuso, fork-rntmancuso-coloring, fork-rntmancuso-hwalias,
 * fork-siemens-coloring, fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15,
 * fork-siemens-riscv, fork-ti-0.10.
 */
export function readJailhouseConsole_r9_3(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    type: view.getUint16(at + 12, true),
    flags: view.getUint16(at + 14, true),
    divider: view.getUint32(at + 16, true),
    gate_nr: view.getUint32(at + 20, true),
    clock_reg: view.getBigUint64(at + 24, true),
  };
}

/** Writes what {@link readJailhouseConsole_r9_3} reads. */
export function writeJailhouseConsole_r9_3(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU16(view, at + 12, value.type, "type");
  written += writeU16(view, at + 14, value.flags, "flags");
  written += writeU32(view, at + 16, value.divider, "divider");
  written += writeU32(view, at + 20, value.gate_nr, "gate_nr");
  written += writeU64(view, at + 24, value.clock_reg, "clock_reg");
  refuseOthers("jailhouse_console", value, written, ["address", "size", "type", "flags", "divider", "gate_nr", "clock_reg"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_console`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r9.2":
      return 0;
    case "r9.3": case "r9.4":
    case "r10.1": case "r10.2": case "r10.3": case "r10.4": case "r10.5": case "r10.6": case "r10.7":
    case "r10.8":
    case "r11.1": case "r11.2": case "r11.3":
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "r12.8": case "r12.9": case "r12.10": case "r12.11": case "r12.12": case "r12.13":
    case "r12.14": case "r12.15": case "r12.16": case "r12.17": case "r12.18": case "r12.19":
    case "r13.1": case "r13.2": case "r13.3": case "r13.4": case "r13.5": case "r13.6": case "r13.7":
    case "r13.8": case "r13.9":
    case "r14.1":
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-hky1999-arceos":
    case "fork-lfd-s32g": case "fork-lfd-v4": case "fork-lfd-v10": case "fork-lfd-v13":
    case "fork-lfd-v17": case "fork-lfd-v18": case "fork-minervasys-next":
    case "fork-minervasys-omnivisor": case "fork-mtk-smc-ids": case "fork-mtk-vendor-resources":
    case "fork-nxp-4.14.98": case "fork-nxp-5.4.3": case "fork-nxp-5.4.24": case "fork-nxp-5.10.72":
    case "fork-rntmancuso": case "fork-rntmancuso-coloring": case "fork-rntmancuso-hwalias":
    case "fork-siemens-coloring": case "fork-siemens-new-cpu-config":
    case "fork-siemens-new-cpu-config-rev15": case "fork-siemens-riscv": case "fork-ti-0.10":
      return 1;
    default:
      return -1;
  }
}

/** What reads `jailhouse_console` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseConsole(profile: string): ReadStruct | undefined {
  return [
    readJailhouseConsole_r9_2,
    readJailhouseConsole_r9_3,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_console` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseConsole(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseConsole_r9_2,
    writeJailhouseConsole_r9_3,
  ][layoutOf(profile)];
}
