import type { Region } from "../facts/region.js";

/** What an access is made by and does; bits of a set. */
export const cpuRead = 1;
export const cpuWrite = 2;
export const cpuExecute = 4;
export const dmaRead = 8;
export const dmaWrite = 16;

/** What can be done at a place. */
export interface Rights {
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
}

/** Whose page tables a machine has. */
export type PageTables = "intel" | "amd" | "arm";

/**
 * What a region lets CPUs do, and devices behind an IOMMU that uses the same tables:
 * - Intel: the bits as they are (hypervisor/arch/x86/vmx.c:354). Memory that can be written and not read is a
 *   misconfiguration to the processor: nothing can be done there.
 * - AMD: without `read` the page is not there, but for `dma`, whose bit is the same one
 *   (hypervisor/arch/x86/svm.c:347, amd_iommu.c:196). The IOMMU has bits of its own for reading and writing.
 * - Arm: what can be read can be executed, whatever the flags say (hypervisor/arch/arm-common/mmu_cell.c:35).
 */
export function accessOf({ read, write, execute, dma }: Region, tables: PageTables): number {
  const bits = (...given: readonly (readonly [boolean, number])[]): number =>
    given.reduce((sum, [isGiven, bit]) => (isGiven ? sum | bit : sum), 0);
  switch (tables) {
    case "intel":
      if (write && !read) return 0;
      return bits([read, cpuRead], [write, cpuWrite], [execute, cpuExecute]);
    case "amd":
      if (!read && !dma) return 0;
      return bits(
        [true, cpuRead],
        [write, cpuWrite],
        [execute, cpuExecute],
        [dma && read, dmaRead],
        [dma && write, dmaWrite],
      );
    case "arm":
      return bits([read, cpuRead | cpuExecute], [write, cpuWrite]);
  }
}

/** What an IOMMU with tables of its own lets devices do: only regions with `dma` are in them (hypervisor/arch/x86/vtd.c:754). */
export function dmaAccessOf({ read, write }: Region): number {
  return (read ? dmaRead : 0) | (write ? dmaWrite : 0);
}

export function cpuRights(access: number): Rights {
  return {
    read: (access & cpuRead) !== 0,
    write: (access & cpuWrite) !== 0,
    execute: (access & cpuExecute) !== 0,
  };
}

export function dmaRights(access: number): Rights {
  return { read: (access & dmaRead) !== 0, write: (access & dmaWrite) !== 0, execute: false };
}

export function hasAny({ read, write, execute }: Rights): boolean {
  return read || write || execute;
}

/** `rw`, `rwx`. */
export function rightsText({ read, write, execute }: Rights): string {
  return `${read ? "r" : ""}${write ? "w" : ""}${execute ? "x" : ""}`;
}
