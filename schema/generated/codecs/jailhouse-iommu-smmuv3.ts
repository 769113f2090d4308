// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32, writeU64 } from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_iommu_smmuv3` (16 bytes) of fork-ti-0.10. */
export function readJailhouseIommuSmmuv3_fork_ti_0_10(view: DataView, at: number): WireStruct {
  return withResidue({
    smmu_base: view.getBigUint64(at, true),
    smmu_size: view.getUint32(at + 8, true),
  }, [[12, 4, 255]], view, at);
}

/** Writes what {@link readJailhouseIommuSmmuv3_fork_ti_0_10} reads. */
export function writeJailhouseIommuSmmuv3_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.smmu_base, "smmu_base");
  written += writeU32(view, at + 8, value.smmu_size, "smmu_size");
  refuseOthers("jailhouse_iommu_smmuv3", value, written, ["smmu_base", "smmu_size"]);
  writeResidue(value, [[12, 4, 255]], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_iommu_smmuv3`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-ti-0.10":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_iommu_smmuv3` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIommuSmmuv3(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIommuSmmuv3_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_iommu_smmuv3` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIommuSmmuv3(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIommuSmmuv3_fork_ti_0_10,
  ][layoutOf(profile)];
}
