/** How page tables of one kind are built: those of a processor's guests, of an IOMMU, or of the hypervisor itself. */
export interface TableFormat {
  /** From the root down; the last one holds pages of 4K. */
  readonly levels: readonly TableLevel[];
  /** Flags without which an entry counts as empty. */
  readonly present: number;
  /** Flags of an entry that leads to a table. */
  readonly toTable: number;
  /** Physical addresses have so many bits: what is above is dropped. */
  readonly physicalBits: number;
}

export interface TableLevel {
  /** An entry stands for so many bytes, a power of two. */
  readonly span: number;
  /** Whether an entry can be a page itself. */
  readonly holdsPages: boolean;
  readonly entries: number;
}

export const pageSize = 4096;

/** Pages that so many bytes take. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / pageSize);
}

/** Four levels of 512 entries: `holdsPages` says which of 512G, 1G, 2M and 4K can be pages. */
export function fourLevels(holdsPages: readonly [boolean, boolean, boolean, boolean]): readonly TableLevel[] {
  return [2 ** 39, 2 ** 30, 2 ** 21, 2 ** 12].map((span, index) => ({
    span,
    holdsPages: holdsPages[index]!,
    entries: 512,
  }));
}
