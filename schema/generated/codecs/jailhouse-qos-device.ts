// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeField, writeU32, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_qos_device` (20 bytes) of fork-danieleottaviano, fork-danieleottaviano-zynqmp,
 * fork-minervasys-next, fork-minervasys-omnivisor.
 */
export function readJailhouseQosDevice_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    name: readText(view, at, 15),
    flags: view.getUint8(at + 15),
    base: view.getUint32(at + 16, true),
  };
}

/** Writes what {@link readJailhouseQosDevice_fork_danieleottaviano} reads. */
export function writeJailhouseQosDevice_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeField(value.name, "name", (field) => writeText(view, at, 15, field));
  written += writeU8(view, at + 15, value.flags, "flags");
  written += writeU32(view, at + 16, value.base, "base");
  refuseOthers("jailhouse_qos_device", value, written, ["name", "flags", "base"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_qos_device`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-minervasys-next":
    case "fork-minervasys-omnivisor":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_qos_device` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseQosDevice(profile: string): ReadStruct | undefined {
  return [
    readJailhouseQosDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_qos_device` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseQosDevice(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseQosDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}
