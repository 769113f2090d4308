// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_coloring` (16 bytes) of fork-danieleottaviano, fork-danieleottaviano-zynqmp,
 * fork-minervasys-next, fork-minervasys-omnivisor.
 */
export function readJailhouseColoring_fork_danieleottaviano(view: DataView, at: number): WireStruct {
  return {
    way_size: view.getBigUint64(at, true),
    root_map_offset: view.getBigUint64(at + 8, true),
  };
}

/** Writes what {@link readJailhouseColoring_fork_danieleottaviano} reads. */
export function writeJailhouseColoring_fork_danieleottaviano(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.way_size, "way_size");
  written += writeU64(view, at + 8, value.root_map_offset, "root_map_offset");
  refuseOthers("jailhouse_coloring", value, written, ["way_size", "root_map_offset"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_coloring`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-danieleottaviano": case "fork-danieleottaviano-zynqmp": case "fork-minervasys-next":
    case "fork-minervasys-omnivisor":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_coloring` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseColoring(profile: string): ReadStruct | undefined {
  return [
    readJailhouseColoring_fork_danieleottaviano,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_coloring` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseColoring(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseColoring_fork_danieleottaviano,
  ][layoutOf(profile)];
}
