// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_irqchip` (24 bytes) of r0.9 to r0.39. */
export function readJailhouseIrqchip_r0_9(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    id: view.getBigUint64(at + 8, true),
    pin_bitmap: view.getBigUint64(at + 16, true),
  };
}

/** Writes what {@link readJailhouseIrqchip_r0_9} reads. */
export function writeJailhouseIrqchip_r0_9(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU64(view, at + 8, value.id, "id");
  written += writeU64(view, at + 16, value.pin_bitmap, "pin_bitmap");
  refuseOthers("jailhouse_irqchip", value, written, ["address", "id", "pin_bitmap"]);
  writeResidue(value, [], view, at);
}

/**
 * Reads `jailhouse_irqchip` (32 bytes) of r0.40 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-hky1999-arceos, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10,
 * fork-lfd-v13, fork-lfd-v17, fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor,
 * fork-mtk-smc-ids, fork-mtk-vendor-resources, fork-nxp-4.14.78, fork-nxp-4.14.98, fork-nxp-5.4.3,
 * fork-nxp-5.4.24, fork-nxp-5.10.72, fork-rntmancuso, fork-rntmancuso-coloring,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15, fork-siemens-riscv, fork-ti-0.10.
 */
export function readJailhouseIrqchip_r0_40(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    id: view.getUint32(at + 8, true),
    pin_base: view.getUint32(at + 12, true),
    pin_bitmap: [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 28, true)],
  };
}

/** Writes what {@link readJailhouseIrqchip_r0_40} reads. */
export function writeJailhouseIrqchip_r0_40(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.id, "id");
  written += writeU32(view, at + 12, value.pin_base, "pin_base");
  written += writeField(value.pin_bitmap, "pin_bitmap", (field) => arrayOf<WireValue>(field, 4).forEach((element, index) => view.setUint32(at + 16 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_irqchip", value, written, ["address", "id", "pin_base", "pin_bitmap"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_irqchip`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r0.9": case "r0.10": case "r0.11": case "r0.12": case "r0.13": case "r0.14": case "r0.15":
    case "r0.16": case "r0.17": case "r0.18": case "r0.19": case "r0.20": case "r0.21": case "r0.22":
    case "r0.23": case "r0.24": case "r0.25": case "r0.26": case "r0.27": case "r0.28": case "r0.29":
    case "r0.30": case "r0.31": case "r0.32": case "r0.33": case "r0.34": case "r0.35": case "r0.36":
    case "r0.37": case "r0.38": case "r0.39":
      return 0;
    case "r0.40": case "r0.41": case "r0.42": case "r0.43": case "r0.44": case "r0.45": case "r0.46":
    case "r0.47": case "r0.48": case "r0.49":
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
    case "fork-nxp-4.14.78": case "fork-nxp-4.14.98": case "fork-nxp-5.4.3": case "fork-nxp-5.4.24":
    case "fork-nxp-5.10.72": case "fork-rntmancuso": case "fork-rntmancuso-coloring":
    case "fork-rntmancuso-hwalias": case "fork-siemens-coloring": case "fork-siemens-new-cpu-config":
    case "fork-siemens-new-cpu-config-rev15": case "fork-siemens-riscv": case "fork-ti-0.10":
      return 1;
    default:
      return -1;
  }
}

/** What reads `jailhouse_irqchip` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIrqchip(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIrqchip_r0_9,
    readJailhouseIrqchip_r0_40,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_irqchip` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIrqchip(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIrqchip_r0_9,
    writeJailhouseIrqchip_r0_40,
  ][layoutOf(profile)];
}
