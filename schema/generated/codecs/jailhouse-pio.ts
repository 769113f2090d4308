// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU16 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_pio` (4 bytes) of r10.8 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-nxp-5.4.24, fork-nxp-5.10.72, fork-rntmancuso,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhousePio_r10_8(view: DataView, at: number): WireStruct {
  return {
    base: view.getUint16(at, true),
    length: view.getUint16(at + 2, true),
  };
}

/** Writes what {@link readJailhousePio_r10_8} reads. */
export function writeJailhousePio_r10_8(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.base, "base");
  written += writeU16(view, at + 2, value.length, "length");
  refuseOthers("jailhouse_pio", value, written, ["base", "length"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_pio`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r10.8":
    case "r11.1": case "r11.2": case "r11.3":
    case "r12.1": case "r12.2": case "r12.3": case "r12.4": case "r12.5": case "r12.6": case "r12.7":
    case "r12.8": case "r12.9": case "r12.10": case "r12.11": case "r12.12": case "r12.13":
    case "r12.14": case "r12.15": case "r12.16": case "r12.17": case "r12.18": case "r12.19":
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
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_pio` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhousePio(profile: string): ReadStruct | undefined {
  return [
    readJailhousePio_r10_8,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_pio` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhousePio(profile: string): WriteStruct | undefined {
  return [
    writeJailhousePio_r10_8,
  ][layoutOf(profile)];
}
