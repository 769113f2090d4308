import type { GicPlaces } from "../machine/arm-hardware.js";
import type { Architecture, CacheAllocation, Vendor } from "../machine/machine.js";

/** In bytes; the end is that of the last byte + 1. */
export interface AddressRange {
  readonly start: number;
  readonly size: number;
}

/**
 * What is known of a machine itself, whatever a config says of it: plain data, as a board file gives it. Null stands for what
 * nobody knows, and the config is believed then; an empty list says that there is none. Addresses are physical, below 2^52.
 */
export interface MachineFacts {
  readonly architecture: Architecture | null;
  readonly vendor: Vendor | null;
  readonly cpus: CpuFacts;
  /** What is installed, whoever uses it. Where it is known, nothing answers elsewhere but devices. */
  readonly ram: readonly AddressRange[] | null;
  /** What Linux uses of it. */
  readonly systemRam: readonly AddressRange[] | null;
  /** Registers of devices that are on no bus. */
  readonly registers: readonly AddressRange[] | null;
  readonly ioApics: readonly { readonly address: number; readonly pins: number | null }[] | null;
  readonly gic: GicFacts;
  readonly iommus: readonly IommuFacts[] | null;
  readonly pciFunctions: readonly PciFunctionFacts[] | null;
  readonly cacheAllocation: CacheAllocation | null;
  /** Sizes of the image that is enabled, in bytes. */
  readonly image: { readonly coreSize: number | null; readonly perCpuSize: number | null };
}

export interface CpuFacts {
  /** CPUs have numbers below this. */
  readonly count: number | null;
  /** Ascending. */
  readonly online: readonly number[] | null;
  /** By number: ids of local APICs, or affinities of MPIDR. */
  readonly hardwareIds: readonly number[] | null;
  readonly usesX2apic: boolean | null;
  /** Bits of physical addresses. */
  readonly physicalBits: number | null;
}

export interface GicFacts extends Omit<GicPlaces, "distributor"> {
  readonly version: 2 | 3 | 4 | null;
  readonly distributor: number | null;
  /** How many shared interrupts there are. */
  readonly sharedInterrupts: number | null;
}

export interface IommuFacts {
  readonly address: number;
  /** Of the registers, in bytes. */
  readonly size: number | null;
  readonly kind: "intel" | "amd" | "mmu500" | "smmu-v3" | "pvu" | null;
}

/** A function that can be seen: one whose configuration space reads as all ones is left out. */
export interface PciFunctionFacts {
  readonly domain: number;
  /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
  readonly bdf: number;
  readonly bars: readonly BarFacts[] | null;
  readonly capabilities: readonly CapabilityFacts[] | null;
  /** Vectors that it can use; 0 for none. */
  readonly msiVectors: number | null;
  readonly msixVectors: number | null;
}

export interface BarFacts {
  /** 0 to 5; one of 64 bits takes the next, too. */
  readonly index: number;
  readonly start: number;
  /** In bytes, a power of two. */
  readonly size: number;
  readonly is64Bit: boolean;
}

export interface CapabilityFacts {
  readonly id: number;
  /** Offset in configuration space. */
  readonly start: number;
  readonly isExtended: boolean;
}

/** Nobody knows anything but what the config says. */
export const noFacts: MachineFacts = {
  architecture: null,
  vendor: null,
  cpus: { count: null, online: null, hardwareIds: null, usesX2apic: null, physicalBits: null },
  ram: null,
  systemRam: null,
  registers: null,
  ioApics: null,
  gic: {
    version: null,
    distributor: null,
    redistributors: null,
    cpuInterface: null,
    hypervisorInterface: null,
    virtualInterface: null,
    maintenanceIrq: null,
    sharedInterrupts: null,
  },
  iommus: null,
  pciFunctions: null,
  cacheAllocation: null,
  image: { coreSize: null, perCpuSize: null },
};
