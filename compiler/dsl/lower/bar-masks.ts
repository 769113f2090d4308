import type { Profile } from "../../../schema/layout/types.js";

/** What decides the masks of a shared-memory device. */
export interface BarKind {
  /** It has MSI-X, and so a table in a second register. */
  readonly msix: boolean;
  /** For hosts with pages of 64K, not 4K. */
  readonly largePages: boolean;
}

/** The macro of the header that has the masks. */
export function barMaskMacro({ msix, largePages }: BarKind): string {
  return `JAILHOUSE_IVSHMEM_BAR_MASK_${msix ? "MSIX" : "INTX"}${largePages ? "_64K" : ""}`;
}

/** The masks that the header of a profile gives for this kind of device; undefined where it gives none. */
export function usualBarMasks(profile: Profile, kind: BarKind): readonly number[] | undefined {
  const masks = profile.macros
    .get(barMaskMacro(kind))
    ?.body.match(/0x[0-9a-f]+/gi)
    ?.map(Number);
  return masks?.length === 6 ? masks : undefined;
}
