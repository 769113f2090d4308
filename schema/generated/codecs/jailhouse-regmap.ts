// Generated from schema/ by `npm run generate`; changes made here are lost.

import { arrayOf, numberOf, refuseOthers, writeField, writeU32, writeU64, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct, WireValue } from "../../codec/wire.js";

/** Reads `jailhouse_regmap` (49 bytes) of fork-ti-0.10. */
export function readJailhouseRegmap_fork_ti_0_10(view: DataView, at: number): WireStruct {
  return {
    reg_base: view.getBigUint64(at, true),
    reg_count: view.getUint32(at + 8, true),
    reg_size: view.getUint8(at + 12),
    flags: view.getUint32(at + 13, true),
    reg_bitmap: [view.getUint32(at + 17, true), view.getUint32(at + 21, true), view.getUint32(at + 25, true), view.getUint32(at + 29, true), view.getUint32(at + 33, true), view.getUint32(at + 37, true), view.getUint32(at + 41, true), view.getUint32(at + 45, true)],
  };
}

/** Writes what {@link readJailhouseRegmap_fork_ti_0_10} reads. */
export function writeJailhouseRegmap_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.reg_base, "reg_base");
  written += writeU32(view, at + 8, value.reg_count, "reg_count");
  written += writeU8(view, at + 12, value.reg_size, "reg_size");
  written += writeU32(view, at + 13, value.flags, "flags");
  written += writeField(value.reg_bitmap, "reg_bitmap", (field) => arrayOf<WireValue>(field, 8).forEach((element, index) => view.setUint32(at + 17 + index * 4, numberOf(element, 0, 4294967295, index), true)));
  refuseOthers("jailhouse_regmap", value, written, ["reg_base", "reg_count", "reg_size", "flags", "reg_bitmap"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_regmap`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-ti-0.10":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_regmap` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseRegmap(profile: string): ReadStruct | undefined {
  return [
    readJailhouseRegmap_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_regmap` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseRegmap(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseRegmap_fork_ti_0_10,
  ][layoutOf(profile)];
}
