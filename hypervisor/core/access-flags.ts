/** Flags of what is mapped, the same in all page tables here. */
export const accessFlags = {
  read: 0x1,
  write: 0x2,
  execute: 0x4,
  /** By devices, in tables that processor and IOMMU share. */
  dmaRead: 0x8,
  dmaWrite: 0x10,
  /** Registers, not memory. */
  device: 0x20,
  /** An entry that counts on ARM, whatever it allows. */
  valid: 0x40,
} as const;
