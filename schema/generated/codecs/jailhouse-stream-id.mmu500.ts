// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU16 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_stream_id.mmu500` (4 bytes) of r13.8 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-siemens-new-cpu-config, fork-siemens-new-cpu-config-rev15.
 */
export function readJailhouseStreamIdMmu500_r13_8(view: DataView, at: number): WireStruct {
  return {
    id: view.getUint16(at, true),
    mask_out: view.getUint16(at + 2, true),
  };
}

/** Writes what {@link readJailhouseStreamIdMmu500_r13_8} reads. */
export function writeJailhouseStreamIdMmu500_r13_8(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.id, "id");
  written += writeU16(view, at + 2, value.mask_out, "mask_out");
  refuseOthers("jailhouse_stream_id.mmu500", value, written, ["id", "mask_out"]);
  writeResidue(value, [], view, at);
}
