import type { ArmHardware } from "./arm-hardware.js";
import type { InterruptWires } from "./interrupt-sink.js";
import type { IoApic } from "./io-apic.js";
import type { PciBus } from "./pci-bus.js";
import type { PhysicalMemory } from "./physical-memory.js";
import type { PortSpace } from "./port-space.js";

export const architectures = ["x86", "arm", "arm64"] as const;
export type Architecture = (typeof architectures)[number];
export type Vendor = "intel" | "amd";

/** A processor of the machine, numbered as Linux does. */
export interface MachineCpu {
  readonly id: number;
  /** Local APIC id on x86, affinity of MPIDR on ARM. */
  readonly hardwareId: number;
  readonly isOnline: boolean;
}

/** What a unit of VT-d can do (registers CAP and ECAP), and what the kernel has left it at. */
export interface VtdUnit {
  readonly base: number;
  /** 3 levels cover 39 bits, 4 cover 48. */
  readonly tableLevels: 3 | 4;
  readonly holds2M: boolean;
  readonly holds1G: boolean;
  /** Number of domains, a power of two. */
  readonly domains: number;
}

/** Cache allocation of the L3 cache; null where the processor has none. */
export interface CacheAllocation {
  /** Highest bit of a mask. */
  readonly maxBit: number;
  readonly classes: number;
}

/** The hardware: what it is made of before any hypervisor runs. */
export interface Machine {
  readonly architecture: Architecture;
  /** Of x86 machines. */
  readonly vendor: Vendor | null;
  readonly memory: PhysicalMemory;
  readonly cpus: readonly MachineCpu[];
  readonly pci: PciBus;
  /** Of x86 machines; empty on others. */
  readonly ports: PortSpace;
  readonly interrupts: InterruptWires;
  readonly ioApics: readonly IoApic[];
  readonly vtdUnits: readonly VtdUnit[];
  /** IOMMUs of AMD split their table of devices into 2^n parts; 0 to 3. */
  readonly amdSegmentBits: number;
  readonly cacheAllocation: CacheAllocation | null;
  /** Of ARM machines. */
  readonly arm: ArmHardware | null;
  /** Mode that the kernel has left the local APICs in. */
  readonly usesX2apic: boolean;
}
