import type { ArmPlatform } from "../../ir/platform.js";

/**
 * Sizes of the GIC's parts, in bytes (hypervisor/arch/arm-common/gic-v2.c:539, include/asm/gic_v2.h:16, gic-v3.c:26 and
 * 713). A redistributor of a GICv4 is twice as large; the hypervisor asks the GIC which one it is.
 */
export const gicSizes = {
  distributor2: 0x1000n,
  interface2: 0x2000n,
  distributor3: 0x1_0000n,
  redistributor3: 0x2_0000n,
  redistributor4: 0x4_0000n,
} as const;

/** Before revision 6 the version was an option of the build; only GICv3 has redistributors. */
export function isGicV3({ gicVersion, gicrBase }: Pick<ArmPlatform, "gicVersion" | "gicrBase">): boolean {
  return gicVersion === 0 ? gicrBase !== 0n : gicVersion >= 3;
}
