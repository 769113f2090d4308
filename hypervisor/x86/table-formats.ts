import { accessFlags } from "../core/access-flags.js";
import { fourLevels, type TableFormat } from "../core/paging/table-format.js";

const { read, write, execute, dmaRead, dmaWrite } = accessFlags;
const physicalBits = 52;

/** Of the hypervisor itself; pages of 1G where the processor has them (hypervisor/arch/x86/paging.c). */
export const ownTables: TableFormat = {
  levels: fourLevels([false, true, true, true]),
  present: read,
  toTable: read | write,
  physicalBits,
};

/** Extended page tables of Intel. What can be written but not read counts as empty (hypervisor/arch/x86/vmx.c). */
export const extendedTables: TableFormat = { ...ownTables, toTable: read | write | execute };

/** Nested page tables of AMD, which its IOMMU uses, too (hypervisor/arch/x86/svm.c). */
export const nestedTables: TableFormat = {
  ...ownTables,
  toTable: read | write | execute | dmaRead | dmaWrite,
};

/** Tables of a unit of VT-d (hypervisor/arch/x86/vtd.c:1090-1100). */
export function dmaTables(levels: 3 | 4, holds2M: boolean, holds1G: boolean): TableFormat {
  return {
    levels: fourLevels([false, holds1G, holds2M, true]).slice(4 - levels),
    present: read,
    toTable: read | write,
    physicalBits,
  };
}
