// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_smmu_sid` (8 bytes) of fork-nxp-4.14.78, fork-nxp-4.14.98, fork-nxp-5.4.3. */
export function readJailhouseSmmuSid_fork_nxp_4_14_78(view: DataView, at: number): WireStruct {
  return {
    sid: view.getUint32(at, true),
    sid_mask: view.getUint32(at + 4, true),
  };
}

/** Writes what {@link readJailhouseSmmuSid_fork_nxp_4_14_78} reads. */
export function writeJailhouseSmmuSid_fork_nxp_4_14_78(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.sid, "sid");
  written += writeU32(view, at + 4, value.sid_mask, "sid_mask");
  refuseOthers("jailhouse_smmu_sid", value, written, ["sid", "sid_mask"]);
  writeResidue(value, [], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_smmu_sid`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-nxp-4.14.78": case "fork-nxp-4.14.98": case "fork-nxp-5.4.3":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_smmu_sid` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseSmmuSid(profile: string): ReadStruct | undefined {
  return [
    readJailhouseSmmuSid_fork_nxp_4_14_78,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_smmu_sid` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseSmmuSid(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseSmmuSid_fork_nxp_4_14_78,
  ][layoutOf(profile)];
}
