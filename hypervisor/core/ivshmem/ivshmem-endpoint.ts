import type { Cell } from "../cell.js";
import type { PciFunction } from "../pci/pci-function.js";

/** Ends that one link can have (hypervisor/include/jailhouse/ivshmem.h). */
export const mostEnds = 12;

/** A link of shared memory, known by the address of its device alone: domains are not compared. */
export interface IvshmemLink {
  readonly bdf: number;
  /** Its page of the pool. */
  readonly page: number;
  /** By the ids of their devices. */
  readonly ends: (IvshmemEndpoint | null)[];
}

/** One end of a link. */
export interface IvshmemEndpoint {
  readonly cell: Cell;
  readonly pciFunction: PciFunction;
  readonly link: IvshmemLink;
}
