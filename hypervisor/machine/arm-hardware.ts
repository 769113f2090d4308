import type { Gic } from "./gic.js";

/** What machines of ARM have besides memory, CPUs and a PCI bus. */
export interface ArmHardware {
  /** Bits of physical addresses, by the least of ID_AA64MMFR0 of all CPUs. */
  readonly physicalBits: 32 | 36 | 40 | 42 | 44 | 48;
  readonly gic: Gic;
  /** What firmware answers when it is asked for ARCH_WORKAROUND_1 and 2; negative where it does not have them. */
  readonly workarounds: { readonly branchPrediction: number; readonly storeBypass: number };
}
