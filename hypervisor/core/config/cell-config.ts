/** What the hypervisor knows of a cell or a system: the fields of a config, in the terms of the format's last revision. */

export interface MemoryRegion {
  readonly physStart: bigint;
  readonly virtStart: bigint;
  /** In bytes. */
  readonly size: bigint;
  readonly flags: bigint;
}

/** `JAILHOUSE_MEM_*` (include/jailhouse/cell-config.h:145-163). */
export const memory = {
  read: 0x1n,
  write: 0x2n,
  execute: 0x4n,
  dma: 0x8n,
  io: 0x10n,
  commRegion: 0x20n,
  loadable: 0x40n,
  rootShared: 0x80n,
  noHugePages: 0x100n,
  ioUnaligned: 0x8000n,
  /** Access of so many bytes is `size << ioWidthShift`. */
  ioWidthShift: 16n,
} as const;

/** `JAILHOUSE_CELL_*` (include/jailhouse/cell-config.h:81-88). */
export const cellFlags = {
  passiveCommRegion: 0x1,
  testDevice: 0x2,
  aarch32: 0x4,
  virtualConsolePermitted: 0x4000_0000,
  virtualConsoleActive: 0x8000_0000,
} as const;

/** `JAILHOUSE_SYS_*` (include/jailhouse/cell-config.h). */
export const systemFlags = { virtualDebugConsole: 0x1 } as const;

/** A region that is not made of whole pages is never mapped: each access is trapped (include/jailhouse/cell-config.h:165). */
export function isSubPage({ virtStart, size }: Pick<MemoryRegion, "virtStart" | "size">): boolean {
  return ((virtStart | size) & 0xfffn) !== 0n;
}

export interface CacheRegion {
  readonly start: number;
  readonly size: number;
  readonly type: number;
  readonly flags: number;
}

export interface Irqchip {
  readonly address: bigint;
  readonly id: number;
  readonly pinBase: number;
  /** Bit n stands for pin `pinBase` + n: 128 of them. */
  readonly pinBitmap: bigint;
}

export interface PortRange {
  readonly base: number;
  readonly length: number;
}

/** `JAILHOUSE_PCI_TYPE_*`. */
export const pciTypes = { device: 1, bridge: 2, ivshmem: 3 } as const;

export interface PciDevice {
  readonly type: number;
  readonly iommu: number;
  readonly domain: number;
  /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
  readonly bdf: number;
  readonly barMask: readonly number[];
  readonly capsStart: number;
  readonly numCaps: number;
  readonly numMsiVectors: number;
  readonly msi64Bits: boolean;
  readonly msiMaskable: boolean;
  readonly numMsixVectors: number;
  /** In bytes. */
  readonly msixRegionSize: number;
  readonly msixAddress: bigint;
  readonly shmemRegionsStart: number;
  readonly shmemDevId: number;
  readonly shmemPeers: number;
  readonly shmemProtocol: number;
}

export interface PciCapability {
  readonly id: number;
  readonly start: number;
  readonly len: number;
  readonly flags: number;
}

/** `JAILHOUSE_PCI_EXT_CAP`: marks a capability of the extended space (include/jailhouse/cell-config.h:252). */
export const extendedCapability = 0x8000;

/** `JAILHOUSE_PCICAPS_WRITE`. */
export const capabilityWrite = 0x1;

export interface ConsoleConfig {
  readonly address: bigint;
  readonly size: number;
  readonly type: number;
  readonly flags: number;
  readonly divider: number;
  readonly gateNr: number;
  readonly clockReg: bigint;
}

/** `JAILHOUSE_CON_*` (include/jailhouse/console.h). */
export const consoleFlags = { mmio: 0x1, distance4: 0x2 } as const;
/** `JAILHOUSE_CON_TYPE_*`; the screen in text mode that revisions 1 to 10 knew has no number any more. */
export const consoleTypes = { none: 0, efifb: 1, uart8250: 2, pl011: 3, vga: 0x1_0000 } as const;

export interface StreamId {
  /** For an SMMU of version 3, or id and mask of an MMU-500 in one word. */
  readonly word: number;
}

export interface CellConfig {
  readonly name: string;
  readonly id: number;
  readonly flags: number;
  /** Bit n of byte k stands for CPU 8k + n. */
  readonly cpuSet: Uint8Array;
  readonly memoryRegions: readonly MemoryRegion[];
  /** What stands in the config where one more memory region would have its size. */
  readonly behindRegions: bigint;
  readonly cacheRegions: readonly CacheRegion[];
  readonly irqchips: readonly Irqchip[];
  readonly portRanges: readonly PortRange[];
  readonly pciDevices: readonly PciDevice[];
  readonly pciCapabilities: readonly PciCapability[];
  readonly streamIds: readonly StreamId[];
  readonly vpciIrqBase: number;
  readonly cpuResetAddress: bigint;
  readonly msgReplyTimeout: bigint;
  readonly console: ConsoleConfig;
  /** Bytes of header and tables together, as the counts say. */
  readonly totalSize: number;
}

export interface IommuUnit {
  readonly type: number;
  readonly base: bigint;
  readonly size: number;
  /** Bus, device and function of a unit of AMD, and the capability it has. */
  readonly amd: { readonly bdf: number; readonly baseCap: number; readonly features: number };
  readonly tipvu: { readonly tlbBase: bigint; readonly tlbSize: number };
  /** Bits of stream ids that an MMU-500 does not look at. */
  readonly sidMask: number;
}

/** `JAILHOUSE_IOMMU_*`. */
export const iommuTypes = { amd: 1, intel: 2, smmuV3: 3, pvu: 4, mmu500: 5 } as const;

export interface SystemConfig {
  readonly flags: number;
  readonly hypervisorMemory: { readonly physStart: bigint; readonly size: bigint };
  readonly debugConsole: ConsoleConfig;
  readonly pciMmconfigBase: bigint;
  readonly pciMmconfigEndBus: number;
  readonly pciIsVirtual: boolean;
  readonly pciDomain: number;
  readonly iommuUnits: readonly IommuUnit[];
  readonly x86: {
    readonly pmTimerAddress: number;
    readonly apicMode: number;
    readonly vtdInterruptLimit: number;
    readonly tscKhz: number;
    readonly apicKhz: number;
  };
  readonly arm: {
    readonly maintenanceIrq: number;
    readonly gicVersion: number;
    readonly gicdBase: bigint;
    readonly giccBase: bigint;
    readonly gichBase: bigint;
    readonly gicvBase: bigint;
    readonly gicrBase: bigint;
  };
  readonly rootCell: CellConfig;
  /** Bytes of header and tables together, as the counts say. */
  readonly totalSize: number;
}
