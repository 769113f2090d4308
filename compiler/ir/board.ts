import type { Origins } from "./node.js";

/**
 * What is known about a machine itself, as a board file says it. Whatever it does not say is null: an empty list says
 * that there is none.
 */
export interface Board extends BoardNode {
  readonly name: string | null;
  readonly architecture: "x86" | "arm" | "arm64" | "riscv64" | null;
  /** Of an x86 processor. */
  readonly vendor: "intel" | "amd" | null;
  /** Of Linux in the root cell, as in /proc/cmdline. */
  readonly commandLine: string | null;
  readonly cpus: BoardCpus | null;
  readonly memory: BoardMemory | null;
  readonly ioapics: readonly BoardIoapic[] | null;
  readonly gic: BoardGic | null;
  readonly iommus: readonly BoardIommu[] | null;
  readonly pci: readonly BoardPciDevice[] | null;
  /** Devices that are not PCI devices. */
  readonly devices: readonly BoardDevice[] | null;
  /** Registers that gate clocks. */
  readonly clockRegisters: readonly BoardRange[] | null;
  /** Allocation of the L3 cache. */
  readonly l3: BoardCache | null;
  readonly hypervisor: HypervisorImage | null;
}

/** A value of the board file, or a group of them, and where it stands. */
export interface BoardNode {
  readonly origins: Origins;
}

/** Half-open, in bytes. */
export interface BoardRange extends BoardNode {
  readonly start: bigint;
  /** At most 2^64. */
  readonly end: bigint;
}

export interface BoardCpus extends BoardNode {
  /** Linux knows no CPU with this number or a higher one: `nr_cpu_ids`. */
  readonly nrCpuIds: number | null;
  /** Ascending logical numbers, as in /sys/devices/system/cpu/online. */
  readonly online: readonly number[] | null;
  /** By logical number. */
  readonly apicIds: readonly number[] | null;
  /** The mode in which Linux runs the local APICs. */
  readonly apicMode: "xapic" | "x2apic" | null;
  /** How an xAPIC takes logical destinations. */
  readonly apicRouting: "flat" | "cluster" | null;
  /** By logical number: the affinity bits of MPIDR_EL1. */
  readonly mpidrs: readonly bigint[] | null;
  /** Physical addresses have so many bits. */
  readonly addressBits: number | null;
}

export interface BoardMemory extends BoardNode {
  /** What is installed, whoever uses it: of the firmware's map or the memory nodes of the device tree. */
  readonly ram: readonly BoardRange[] | null;
  /** What Linux uses: `System RAM` of /proc/iomem. */
  readonly systemRam: readonly BoardRange[] | null;
  readonly reserved: readonly ReservedMemory[] | null;
}

export interface ReservedMemory extends BoardNode {
  readonly range: BoardRange;
  readonly name: string | null;
  /**
   * Who keeps Linux away from it: `memmap=` and `mem=`, a node of reserved-memory in the device tree, firmware that goes
   * on running (TF-A, OP-TEE), tables and error records of ACPI, or a device's firmware that goes on using it (RMRR).
   */
  readonly kind: "command-line" | "device-tree" | "firmware" | "acpi" | "rmrr";
  /** The devices of an RMRR. */
  readonly devices: readonly BoardPciAddress[] | null;
}

export interface BoardPciAddress extends BoardNode {
  readonly domain: number;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

export interface BoardIoapic extends BoardNode {
  /** Physical address. */
  readonly at: bigint;
  readonly id: number | null;
  readonly pins: number | null;
}

export interface BoardGic extends BoardNode {
  readonly version: number | null;
  /** Physical addresses, as in the system config. */
  readonly gicd: bigint | null;
  readonly gicc: bigint | null;
  readonly gich: bigint | null;
  readonly gicv: bigint | null;
  readonly gicr: bigint | null;
  /** How many shared peripheral interrupts there are. */
  readonly spiCount: number | null;
  /** Number of the maintenance interrupt, 16..31. */
  readonly maintenanceIrq: number | null;
  /** Private interrupts of timers and other devices, 16..31. */
  readonly ppis: readonly number[] | null;
}

export interface BoardIommu extends BoardNode {
  /** Physical address of the registers. */
  readonly at: bigint;
  /** In bytes. */
  readonly size: bigint | null;
  readonly type: "intel" | "amd" | "smmu-v2" | "smmu-v3" | "pvu" | null;
  /** The PCI devices behind it. */
  readonly scope: readonly BoardPciAddress[] | null;
  /** All PCI devices of the domain that no other unit has in its scope. */
  readonly others: boolean | null;
}

export interface BoardPciDevice extends BoardNode {
  readonly address: BoardPciAddress;
  readonly name: string | null;
  readonly bars: readonly BoardBar[] | null;
  readonly capabilities: readonly BoardCapability[] | null;
  /** How many MSI vectors it can use; 0 where it has none. */
  readonly msi: number | null;
  /** Entries of its MSI-X table; 0 where it has none. */
  readonly msix: number | null;
  /** Firmware or chipset hide it: its configuration space reads as all ones. */
  readonly hidden: boolean | null;
}

export interface BoardBar extends BoardNode {
  /** 0..5; a 64-bit one takes the next, too. */
  readonly bar: number;
  readonly range: BoardRange;
  readonly is64bit: boolean | null;
}

export interface BoardCapability extends BoardNode {
  readonly id: number;
  /** Offset in configuration space. */
  readonly at: number;
  readonly extended: boolean | null;
}

export interface BoardDevice extends BoardNode {
  readonly name: string;
  readonly registers: readonly BoardRange[] | null;
  /** As the interrupt controller counts them, all of them: SPIs start at 32. */
  readonly interrupts: readonly number[] | null;
}

export interface BoardCache extends BoardNode {
  /** Bits of the capacity bit mask. */
  readonly maskBits: number | null;
  /** Classes of service, the first one included. */
  readonly classes: number | null;
}

/** Header fields of the image that `jailhouse enable` loads, in bytes. */
export interface HypervisorImage extends BoardNode {
  readonly coreSize: bigint | null;
  readonly percpuSize: bigint | null;
}
