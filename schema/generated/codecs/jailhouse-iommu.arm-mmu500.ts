// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct } from "../../codec/wire.js";

/** Reads `jailhouse_iommu.arm_mmu500` (4 bytes) of r13.6 to r13.7. */
export function readJailhouseIommuArmMmu500_r13_6(view: DataView, at: number): WireStruct {
  return {
    sid_mask: view.getUint32(at, true),
  };
}

/** Writes what {@link readJailhouseIommuArmMmu500_r13_6} reads. */
export function writeJailhouseIommuArmMmu500_r13_6(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU32(view, at, value.sid_mask, "sid_mask");
  refuseOthers("jailhouse_iommu.arm_mmu500", value, written, ["sid_mask"]);
  writeResidue(value, [], view, at);
}
