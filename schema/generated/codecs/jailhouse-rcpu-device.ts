// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeField, writeU32 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import { readText, writeText } from "../../codec/text-access.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_rcpu_device` (66 bytes) of fork-danieleottaviano. */
export function readJailhouseRcpuDevice_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    rcpu_id: view.getUint32(at, true),
    name: readText(view, at + 4, 31),
    compatible: readText(view, at + 35, 31),
  };
}

/** Writes what {@link readJailhouseRcpuDevice_fork_danieleottaviano} reads. */
export function writeJailhouseRcpuDevice_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.rcpu_id, "rcpu_id");
  written += writeField(value.name, "name", (field) => writeText(view, at + 4, 31, field));
  written += writeField(value.compatible, "compatible", (field) => writeText(view, at + 35, 31, field));
  refuseOthers("jailhouse_rcpu_device", value, written, ["rcpu_id", "name", "compatible"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_rcpu_device`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_rcpu_device` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseRcpuDevice(profile: string): ReadStruct | undefined {
  return [
    readJailhouseRcpuDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_rcpu_device` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseRcpuDevice(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseRcpuDevice_fork_danieleottaviano,
  ][layoutOf(profile)];
}
