import type { Choice } from "./names.js";
import type { IrNode } from "./node.js";

/** Facts about the machine that the hypervisor cannot find out (`platform_info`). */
export interface Platform extends IrNode {
  /** Physical address of the PCI configuration space. */
  readonly pciMmconfigBase: bigint;
  readonly pciMmconfigEndBus: number;
  /** 1 where the machine has no PCI and the hypervisor makes up a host controller. */
  readonly pciIsVirtual: number;
  /** Segment number for Linux; 0xffff lets it choose. */
  readonly pciDomain: number;
  /** Interrupts that VT-d can remap at most; a property of the whole system before late 2016. */
  readonly vtdInterruptLimit: number;
  /** Up to the last one that is not all zero; the format has room for eight. */
  readonly iommuUnits: readonly IommuUnit[];
  readonly x86: X86Platform | null;
  readonly arm: ArmPlatform | null;
  readonly riscv: RiscvPlatform | null;
}

export interface X86Platform extends IrNode {
  /** I/O port of the ACPI power-management timer. */
  readonly pmTimerAddress: number;
  /** `JAILHOUSE_APIC_MODE_AUTO`, `JAILHOUSE_APIC_MODE_XAPIC` or `JAILHOUSE_APIC_MODE_X2APIC`. */
  readonly apicMode: Choice;
  /** 0: to be calibrated. */
  readonly tscKhz: number;
  /** 0: to be calibrated. */
  readonly apicKhz: number;
}

export interface ArmPlatform extends IrNode {
  /** Number of the GIC maintenance interrupt. */
  readonly maintenanceIrq: number;
  /** 2 or 3; 0 where the format does not say (before revision 6). */
  readonly gicVersion: number;
  /** Physical addresses: distributor, CPU interface, hypervisor interface, virtual CPU interface, redistributors. */
  readonly gicdBase: bigint;
  readonly giccBase: bigint;
  readonly gichBase: bigint;
  readonly gicvBase: bigint;
  readonly gicrBase: bigint;
}

/** Only in forks. */
export interface RiscvPlatform extends IrNode {
  /** In Hz. */
  readonly timebaseFrequency: bigint;
  readonly irqchip: RiscvIrqchip;
}

export interface RiscvIrqchip extends IrNode {
  /** `JAILHOUSE_RISCV_PLIC` or `JAILHOUSE_RISCV_APLIC`. */
  readonly type: Choice;
  /** Physical address. */
  readonly baseAddress: bigint;
  /** In bytes. */
  readonly size: bigint;
  readonly maxIrq: number;
  readonly maxPriority: number;
  /** Bytes from one hart's interrupt file to the next. */
  readonly imsicStride: number;
  /** Physical address. */
  readonly imsicBase: bigint;
  /** In bytes. */
  readonly imsicSize: bigint;
  /** By hart; -1: the hart has no context. */
  readonly hartToContext: readonly number[];
}

/** An IOMMU (`jailhouse_iommu`; before early 2016 just an address). */
export interface IommuUnit extends IrNode {
  /**
   * `JAILHOUSE_IOMMU_AMD`, `JAILHOUSE_IOMMU_INTEL`, ...; 0: unused. Before mid 2019 the format did not say, and the
   * processor decided: AMD where the AMD-specific fields are used, else Intel.
   */
  readonly type: Choice;
  /** Physical address of the registers. */
  readonly base: bigint;
  /** Size of the registers in bytes; 0 where the format does not say (before early 2016). */
  readonly size: bigint;
  readonly amd: AmdIommu | null;
  readonly tipvu: TiPvuIommu | null;
}

export interface AmdIommu extends IrNode {
  /** Bus, device and function of the IOMMU itself. */
  readonly bdf: number;
  /** Offset of the IOMMU capability in its configuration space. */
  readonly baseCap: number;
  /** Offset of the MSI capability in its configuration space. */
  readonly msiCap: number;
  /** Overrides what the extended feature register says. */
  readonly features: number;
}

export interface TiPvuIommu extends IrNode {
  /** Physical address of the TLB entries. */
  readonly tlbBase: bigint;
  /** In bytes. */
  readonly tlbSize: number;
}
