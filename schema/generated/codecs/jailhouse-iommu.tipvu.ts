// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU32, writeU64 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_iommu.tipvu` (12 bytes) of r12.18 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-nxp-5.4.24, fork-nxp-5.10.72, fork-rntmancuso,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhouseIommuTipvu_r12_18(view: DataView, at: number): WireStruct {
  return {
    tlb_base: view.getBigUint64(at, true),
    tlb_size: view.getUint32(at + 8, true),
  };
}

/** Writes what {@link readJailhouseIommuTipvu_r12_18} reads. */
export function writeJailhouseIommuTipvu_r12_18(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU64(view, at, value.tlb_base, "tlb_base");
  written += writeU32(view, at + 8, value.tlb_size, "tlb_size");
  refuseOthers("jailhouse_iommu.tipvu", value, written, ["tlb_base", "tlb_size"]);
  writeResidue(value, [], view, at);
}
