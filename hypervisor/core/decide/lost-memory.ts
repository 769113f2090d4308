import { isSubPage, type MemoryRegion, memory } from "../config/cell-config.js";
import type { DecidingEntry } from "./decision.js";
import type { HandOver } from "./hand-overs.js";
import { type CellScene, indicesOf, takersOf } from "./scene.js";

const pageSize = 0x1000n;

/**
 * Whose regions were taken from a page of the root cell, which has it at the address that the machine has it at: on creation
 * those that are neither shared nor of the communication page, on a start after loading those that are loadable whatever else
 * they are; and given back likewise (hypervisor/control.c:303-402).
 *
 * @param counts whether a region is taken from what is asked about
 */
export function takersOfPage(
  address: bigint,
  scene: CellScene,
  counts: (region: MemoryRegion) => boolean = () => true,
): readonly DecidingEntry[] {
  const page = address - (address % pageSize);
  const isThere = ({ physStart, size }: MemoryRegion): boolean =>
    physStart < page + pageSize && page < physStart + size && !isSubPage({ virtStart: physStart, size });
  return takersOf(scene, "mem_regions", {
    takes: ({ step, config }) =>
      indicesOf(config.memoryRegions, (each) => isTaken(step, each) && isThere(each) && counts(each)),
    returns: ({ step, config }) =>
      config.memoryRegions.some((each) => isReturned(step, each) && isThere(each)),
  });
}

/** The same of a trapped region of the root cell: it goes as a whole with the first that begins in it. */
export function takersOfRegion(
  { physStart, size }: MemoryRegion,
  address: bigint,
  scene: CellScene,
): readonly DecidingEntry[] {
  const begins = (region: MemoryRegion): boolean =>
    isSubPage({ virtStart: region.physStart, size: region.size }) &&
    physStart <= region.physStart &&
    region.physStart < physStart + size;
  const isThere = (region: MemoryRegion): boolean =>
    region.physStart <= address && address < region.physStart + region.size;
  return takersOf(scene, "mem_regions", {
    takes: ({ step, config }) =>
      indicesOf(config.memoryRegions, (each) => isTaken(step, each) && begins(each)),
    returns: ({ step, config }) =>
      config.memoryRegions.some((each) => isReturned(step, each) && isThere(each)),
  });
}

function isTaken(step: HandOver["step"], { flags }: MemoryRegion): boolean {
  if (step === "created") return (flags & (memory.commRegion | memory.rootShared)) === 0n;
  return step === "started" && (flags & memory.loadable) !== 0n;
}

function isReturned(step: HandOver["step"], { flags }: MemoryRegion): boolean {
  if (step === "destroyed") return (flags & (memory.commRegion | memory.rootShared)) === 0n;
  return step === "loadable" && (flags & memory.loadable) !== 0n;
}
