// Generated from schema/ by `npm run generate`; changes made here are lost.

import { refuseOthers, writeU16, writeU32, writeU8 } from "../../codec/field-access.js";
import { writeResidue } from "../../codec/residue.js";
import type { WireStruct } from "../../codec/wire.js";

/**
 * Reads `jailhouse_iommu.amd` (8 bytes) of r12.17 to r14.1, fork-danieleottaviano,
 * fork-danieleottaviano-zynqmp, fork-lfd-s32g, fork-lfd-v4, fork-lfd-v10, fork-lfd-v13, fork-lfd-v17,
 * fork-lfd-v18, fork-minervasys-next, fork-minervasys-omnivisor, fork-mtk-smc-ids,
 * fork-mtk-vendor-resources, fork-nxp-5.4.24, fork-nxp-5.10.72, fork-rntmancuso,
 * fork-rntmancuso-hwalias, fork-siemens-coloring, fork-siemens-new-cpu-config,
 * fork-siemens-new-cpu-config-rev15, fork-siemens-riscv.
 */
export function readJailhouseIommuAmd_r12_17(view: DataView, at: number): WireStruct {
  return {
    bdf: view.getUint16(at, true),
    base_cap: view.getUint8(at + 2),
    msi_cap: view.getUint8(at + 3),
    features: view.getUint32(at + 4, true),
  };
}

/** Writes what {@link readJailhouseIommuAmd_r12_17} reads. */
export function writeJailhouseIommuAmd_r12_17(view: DataView, at: number, value: WireStruct): void {
  let written = 0;
  written += writeU16(view, at, value.bdf, "bdf");
  written += writeU8(view, at + 2, value.base_cap, "base_cap");
  written += writeU8(view, at + 3, value.msi_cap, "msi_cap");
  written += writeU32(view, at + 4, value.features, "features");
  refuseOthers("jailhouse_iommu.amd", value, written, ["bdf", "base_cap", "msi_cap", "features"]);
  writeResidue(value, [], view, at);
}
