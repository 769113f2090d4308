// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_qos` (16 bytes) of fork-danieleottaviano, fork-danieleottaviano-zynqmp,
 * fork-minervasys-next, fork-minervasys-omnivisor.
 */
export function readJailhouseQos_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    nic_base: view.getBigUint64(at, true),
    nic_size: view.getBigUint64(at + 8, true),
  };
}

/** Writes what {@link readJailhouseQos_fork_danieleottaviano} reads. */
export function writeJailhouseQos_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.nic_base, "nic_base");
  written += writeU64(view, at + 8, value.nic_size, "nic_size");
  refuseOthers("jailhouse_qos", value, written, ["nic_base", "nic_size"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_qos`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-minervasys-next":
    case "fork-minervasys-omnivisor":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_qos` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseQos(profile: string): ReadStruct | undefined {
  return [
    readJailhouseQos_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_qos` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseQos(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseQos_fork_danieleottaviano,
  ][layoutOf(profile)];
}
