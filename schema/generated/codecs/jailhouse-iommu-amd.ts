// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU16, writeU32, writeU64, writeU8 } from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_iommu_amd` (24 bytes) of fork-ti-0.10. */
export function readJailhouseIommuAmd_fork_ti_0_10(view: DataView, at: number): WireStruct {
  return withResidue({
    base: view.getBigUint64(at, true),
    size: view.getUint32(at + 8, true),
    bdf: view.getUint16(at + 12, true),
    base_cap: view.getUint8(at + 14),
    msi_cap: view.getUint8(at + 15),
    features: view.getUint32(at + 16, true),
  }, [[20, 4, 255]], view, at);
}

/** Writes what {@link readJailhouseIommuAmd_fork_ti_0_10} reads. */
export function writeJailhouseIommuAmd_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.base, "base");
  written += writeU32(view, at + 8, value.size, "size");
  written += writeU16(view, at + 12, value.bdf, "bdf");
  written += writeU8(view, at + 14, value.base_cap, "base_cap");
  written += writeU8(view, at + 15, value.msi_cap, "msi_cap");
  written += writeU32(view, at + 16, value.features, "features");
  refuseOthers("jailhouse_iommu_amd", value, written, ["base", "size", "bdf", "base_cap", "msi_cap", "features"]);
  writeResidue(value, [[20, 4, 255]], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_iommu_amd`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-ti-0.10":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_iommu_amd` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIommuAmd(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIommuAmd_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_iommu_amd` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIommuAmd(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIommuAmd_fork_ti_0_10,
  ][layoutOf(profile)];
}
