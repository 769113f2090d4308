/** What a CPU or a device of a cell tries. Numbers as the cell has them: addresses are those of its own address space. */

export type Direction = "read" | "write";

export interface MemoryAccess {
  readonly kind: "memory";
  readonly direction: Direction | "execute";
  /** Below 2^53. */
  readonly address: number;
  /** In bytes; 0 where the hypervisor could not tell. */
  readonly size: number;
}

export interface PortAccess {
  readonly kind: "port";
  readonly direction: Direction;
  readonly port: number;
  /** In bytes. */
  readonly size: number;
  /** What is written; null for a read. */
  readonly value: number | null;
}

/** A register of a configuration space, by the ports 0xcf8 and 0xcfc or by memory (MMCONFIG, ECAM). */
export interface ConfigSpaceAccess {
  readonly kind: "pci-config";
  readonly via: "ports" | "memory";
  readonly direction: Direction;
  readonly bdf: number;
  /** 0 to 0xfff. */
  readonly register: number;
  readonly size: number;
  /** 32 bits that are written; null for a read. */
  readonly value: number | null;
}

/** A place in the table of MSI-X vectors of a device. */
export interface MsixAccess {
  readonly kind: "msix";
  readonly direction: Direction;
  readonly bdf: number;
  /** From the start of the table, in bytes. */
  readonly offset: number;
}

/** An interrupt that a cell sets up for a device or a pin, and that is not let through. */
export interface MessageAccess {
  readonly kind: "message";
  /** Bus, device and function, or the id of an I/O APIC. */
  readonly source: number;
  /** Index among the interrupts of the source. */
  readonly vector: number;
  /** The source has no such vector, the interrupt would go to a CPU of others, or it is of a kind that no cell may send. */
  readonly cause: "vector" | "target" | "mode";
}

/** A register of an I/O APIC. */
export interface IoApicAccess {
  readonly kind: "ioapic";
  readonly direction: Direction;
  /** Of the controller. */
  readonly address: number;
  /** Place in its page: 0x00 selects, 0x10 has the data. */
  readonly register: number;
  /** The register that is selected. */
  readonly index: number;
  /** Number of the pin whose entry that is; null for every other one. */
  readonly pin: number | null;
}

/** Registers of the GIC's distributor that stand for shared interrupts. */
export interface InterruptAccess {
  readonly kind: "interrupt";
  readonly direction: Direction;
  /** The interrupts that are meant and that the cell does not have, or cannot route where it wants to. */
  readonly interrupts: readonly number[];
  /** The access was to route one of the cell's own to a CPU of others. */
  readonly isRoute: boolean;
}

/** An interrupt from CPU to CPU, or another way to act on a CPU: INIT, a start, power. */
export interface IpiAccess {
  readonly kind: "ipi";
  /** As Linux numbers them; null where no CPU is at the destination. */
  readonly cpu: number | null;
  /** As the processor names it: APIC id, affinity. */
  readonly destination: number;
}

/** An interrupt to another end of shared memory. */
export interface DoorbellAccess {
  readonly kind: "doorbell";
  readonly bdf: number;
  /** Id of the end that is rung. */
  readonly target: number;
  readonly vector: number;
}

/** By a device, with addresses of its cell. */
export interface DmaAccess {
  readonly kind: "dma";
  readonly direction: Direction;
  readonly bdf: number;
  readonly address: number;
}

/** By a device of ARM, which the IOMMU knows by a stream, with addresses of its cell. */
export interface StreamAccess {
  readonly kind: "stream";
  readonly direction: Direction;
  readonly stream: number;
  readonly address: number;
}

export interface HypercallAccess {
  readonly kind: "hypercall";
  readonly code: number;
  /** The first argument. */
  readonly argument: number;
}

/** What no entry of any config grants: registers of the processor, calls of firmware, faults. */
export interface ProcessorAccess {
  readonly kind: "msr" | "control-register" | "local-apic" | "system-register" | "firmware-call" | "fault";
  readonly direction: Direction | null;
  /** Number of the register, place in the page of the APIC, id of the function; null where there is none. */
  readonly number: number | null;
}

export type CellAccess =
  | MemoryAccess
  | PortAccess
  | ConfigSpaceAccess
  | MsixAccess
  | MessageAccess
  | IoApicAccess
  | InterruptAccess
  | IpiAccess
  | DoorbellAccess
  | DmaAccess
  | StreamAccess
  | HypercallAccess
  | ProcessorAccess;
