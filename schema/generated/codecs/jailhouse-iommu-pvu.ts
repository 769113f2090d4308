// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32, writeU64 } from "../../codec/field-access.js";
import { withResidue, writeResidue } from "../../codec/residue.js";
import type { ReadStruct, WriteStruct } from "../../codec/struct-codec.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_iommu_pvu` (32 bytes) of fork-ti-0.10. */
export function readJailhouseIommuPvu_fork_ti_0_10(view: DataView, at: number): WireStruct {
  return withResidue({
    cfg_base: view.getBigUint64(at, true),
    cfg_size: view.getUint32(at + 8, true),
    tlb_base: view.getBigUint64(at + 16, true),
    tlb_size: view.getUint32(at + 24, true),
  }, [[12, 4, 255], [28, 4, 255]], view, at);
}

/** Writes what {@link readJailhouseIommuPvu_fork_ti_0_10} reads. */
export function writeJailhouseIommuPvu_fork_ti_0_10(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.cfg_base, "cfg_base");
  written += writeU32(view, at + 8, value.cfg_size, "cfg_size");
  written += writeU64(view, at + 16, value.tlb_base, "tlb_base");
  written += writeU32(view, at + 24, value.tlb_size, "tlb_size");
  refuseOthers("jailhouse_iommu_pvu", value, written, ["cfg_base", "cfg_size", "tlb_base", "tlb_size"]);
  writeResidue(value, [[12, 4, 255], [28, 4, 255]], view, at);
}

/** Which of the layouts above a profile has, from 0 on; -1 where it has no `jailhouse_iommu_pvu`. */
function layoutOf(profile: string): number {
  switch (profile) {
    case "fork-ti-0.10":
      return 0;
    default:
      return -1;
  }
}

/** What reads `jailhouse_iommu_pvu` in a profile; undefined where the profile has no such struct. */
export function readerOfJailhouseIommuPvu(profile: string): ReadStruct | undefined {
  return [
    readJailhouseIommuPvu_fork_ti_0_10,
  ][layoutOf(profile)];
}

/** What writes `jailhouse_iommu_pvu` in a profile; undefined where the profile has no such struct. */
export function writerOfJailhouseIommuPvu(profile: string): WriteStruct | undefined {
  return [
    writeJailhouseIommuPvu_fork_ti_0_10,
  ][layoutOf(profile)];
}
