import type { Gic } from "./gic.js";

/** Where the parts of a GIC are: physical addresses; null for those that it has not, or that nobody knows. */
export interface GicPlaces {
  readonly distributor: number;
  readonly redistributors: number | null;
  readonly cpuInterface: number | null;
  readonly hypervisorInterface: number | null;
  readonly virtualInterface: number | null;
  /** The interrupt by which it calls the hypervisor, 16 to 31. */
  readonly maintenanceIrq: number | null;
}

/** What machines of ARM have besides memory, CPUs and a PCI bus. */
export interface ArmHardware {
  /** Bits of physical addresses, by the least of ID_AA64MMFR0 of all CPUs. */
  readonly physicalBits: 32 | 36 | 40 | 42 | 44 | 48;
  readonly gic: Gic;
  /** What hypervisors were built for, until configs said it; null where only the config knows. */
  readonly places: GicPlaces | null;
  /** What firmware answers when it is asked for ARCH_WORKAROUND_1 and 2; negative where it does not have them. */
  readonly workarounds: { readonly branchPrediction: number; readonly storeBypass: number };
}
