import type { Cell } from "../cell.js";
import type { PciDevice } from "../config/cell-config.js";

/** Ends that one link can have (hypervisor/ivshmem.c:35). */
export const mostEnds = 12;

/** Vectors of MSI-X that an end can have (hypervisor/include/jailhouse/ivshmem.h:20). */
export const mostVectors = 16;

/** A link of shared memory, known by the address of its device alone: domains are not compared. */
export interface IvshmemLink {
  readonly bdf: number;
  /** Its page of the pool. */
  readonly page: number;
  /** By the ids of their devices. */
  readonly ends: (LinkedEnd | null)[];
  /** Starts of the regions that an end had active when it left, by the id of its device. */
  readonly leftActive: (readonly bigint[])[];
}

/** The device of an end, as the link sees it. */
export interface EndFunction {
  readonly info: PciDevice;
  /** Null while nobody has it. */
  readonly owner: Cell | null;
  readonly bars: Uint32Array;
  /** Four words for each vector. */
  readonly msixVectors: Uint32Array;
}

/** One end of a link, as the PCI layer deals with it. */
export interface IvshmemEndpoint {
  readonly cell: Cell;
  readonly pciFunction: EndFunction;
  readonly link: IvshmemLink;
  /** Where its registers and its vectors are in the memory of the cell; empty while it has none. */
  readonly active: readonly bigint[];
  /**
   * What stands in the configuration space, moved so that the byte of the address is the lowest one.
   *
   * @param address in bytes, 0 to 0xfff
   * @returns 32 bits, whatever the width of the access: the caller leaves out what is too much
   */
  readConfig(address: number): number;
  /**
   * A write that the rules for headers have let through.
   *
   * @param register index of a word of 32 bits
   * @param mask of the bytes that the access covers
   * @param value 32 bits at their place in the word; bits beyond the mask are not cleared, as the x86 decoder leaves them
   */
  writeConfig(register: number, mask: number, value: number): "done" | "rejected";
  /** The device as new; the words of its MSI-X vectors are the caller's. */
  reset(): void;
  /** Looks at the target of each vector again. @returns false at the first one that is outside of the cell */
  updateMsix(): boolean;
}

/** One end of a link, as the others see it. */
export interface LinkedEnd extends IvshmemEndpoint {
  /** @param vector 0 for the pin, too */
  interrupt(vector: number): void;
  /** Its cell gives it up. */
  leave(): void;
}
