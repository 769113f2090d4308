// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_debug_console` (16 bytes) of r1.2 to r1.3. */
export function readJailhouseDebugConsole_r1_2(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    flags: view.getUint32(at + 12, true),
  };
}

/** Writes what {@link readJailhouseDebugConsole_r1_2} reads. */
export function writeJailhouseDebugConsole_r1_2(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU32(view, at + 12, value.flags, "flags");
  refuseOthers("jailhouse_debug_console", value, written, ["address", "size", "flags"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_debug_console` (24 bytes) of r1.4. */
export function readJailhouseDebugConsole_r1_4(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    flags: view.getUint32(at + 12, true),
    divider: view.getUint32(at + 16, true),
    __reserved: view.getUint32(at + 20, true),
  };
}

/** Writes what {@link readJailhouseDebugConsole_r1_4} reads. */
export function writeJailhouseDebugConsole_r1_4(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU32(view, at + 12, value.flags, "flags");
  written += writeU32(view, at + 16, value.divider, "divider");
  written += writeU32(view, at + 20, value.__reserved, "__reserved");
  refuseOthers("jailhouse_debug_console", value, written, ["address", "size", "flags", "divider", "__reserved"]);
  writeResidue(value, [], view, at);
}

/** Reads `jailhouse_debug_console` (32 bytes) of r1.5 to r9.1, fork-nxp-4.14.78. */
export function readJailhouseDebugConsole_r1_5(view: DataView, at: number): WireStruct {
  return {
    address: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    flags: view.getUint32(at + 12, true),
    divider: view.getUint32(at + 16, true),
    gate_nr: view.getUint32(at + 20, true),
    clock_reg: view.getBigUint64(at + 24, true),
  };
}

/** Writes what {@link readJailhouseDebugConsole_r1_5} reads. */
export function writeJailhouseDebugConsole_r1_5(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.address, "address");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU32(view, at + 12, value.flags, "flags");
  written += writeU32(view, at + 16, value.divider, "divider");
  written += writeU32(view, at + 20, value.gate_nr, "gate_nr");
  written += writeU64(view, at + 24, value.clock_reg, "clock_reg");
  refuseOthers("jailhouse_debug_console", value, written, ["address", "size", "flags", "divider", "gate_nr", "clock_reg"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_debug_console`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "r1.2": case "r1.3":
      return 0;
    case "r1.4":
      return 1;
    case "r1.5": case "r1.6":
    case "r2.1": case "r2.2":
    case "r3.1": case "r3.2": case "r3.3": case "r3.4":
    case "r4.1":
    case "r5.1":
    case "r6.1": case "r6.2":
    case "r7.1": case "r7.2":
    case "r8.1": case "r8.2": case "r8.3": case "r8.4":
    case "r9.1":
    case "fork-nxp-4.14.78":
      return 2;
    default:
      return -1;
  }
}

/** What reads `jailhouse_debug_console` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseDebugConsole(profile: string): ReadStruct | undefined {
  return [
    readJailhouseDebugConsole_r1_2,
    readJailhouseDebugConsole_r1_4,
    readJailhouseDebugConsole_r1_5,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_debug_console` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseDebugConsole(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseDebugConsole_r1_2,
    writeJailhouseDebugConsole_r1_4,
    writeJailhouseDebugConsole_r1_5,
  ][layoutOf(profile)];
}
