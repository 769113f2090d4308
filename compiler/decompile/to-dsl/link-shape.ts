import type { MemoryRegion } from "../../ir/memory.js";
import { commonSections, type PciDevice, type ShmemProtocol } from "../../ir/pci.js";
import { ivshmemType } from "./device-lines.js";
import { elementOf, type Part } from "./machine.js";
import { isEmptyRegion } from "./memory-lines.js";

/** What the sections of a link look like in the memory table of one peer. */

export interface Sections {
  /** First address of all. */
  readonly base: bigint;
  /** Sizes in bytes; 0 for sections that are empty regions. */
  readonly state: bigint;
  readonly shared: bigint;
  readonly output: bigint;
  /** How many output sections there are. */
  readonly peers: number;
}

/** A shared-memory device of the kind that links make. */
export function isLinkDevice(part: Part, index: number): boolean {
  const { type, shmemGeneration } = part.cell.pciDevices[index]!;
  const { shmem_dev_id, shmem_peers, shmem_protocol } = elementOf(part, "pci_devices", index);
  const modern = [shmem_dev_id, shmem_peers, shmem_protocol].every((field) => field !== undefined);
  return type === ivshmemType && shmemGeneration === "several-regions" && modern;
}

/** @returns undefined where the regions are not just what a link with that many peers would make of them */
export function sectionsOf(part: Part, device: PciDevice, peers: number): Sections | undefined {
  const { shmemRegionsStart: start, shmemDevId: own, shmemProtocol } = device;
  const regions = part.cell.memoryRegions.slice(start, start + commonSections + peers);
  if (peers < 2 || own >= peers || regions.length < commonSections + peers) return undefined;
  const rootshared = part.name !== "root" || shmemProtocol.kind === "veth";
  const [stateTable, sharedSection, ...outputs] = regions as [MemoryRegion, MemoryRegion, ...MemoryRegion[]];
  if (!isSection(stateTable, stateTable.physStart, false, rootshared)) return undefined;
  let next = stateTable.physStart + stateTable.size;
  if (!isEmptyRegion(sharedSection)) {
    if (!isSection(sharedSection, next, true, rootshared)) return undefined;
    next += sharedSection.size;
  }
  const output = outputs[0]!.size;
  for (const [index, region] of outputs.entries()) {
    const fits =
      output === 0n
        ? isEmptyRegion(region)
        : region.size === output && isSection(region, next, index === own, rootshared);
    if (!fits) return undefined;
    next += output;
  }
  return { base: stateTable.physStart, state: stateTable.size, shared: sharedSection.size, output, peers };
}

function isSection(region: MemoryRegion, at: bigint, written: boolean, rootshared: boolean): boolean {
  const { physStart, virtStart, size, flags, extra, residue } = region;
  const wanted = [
    "JAILHOUSE_MEM_READ",
    ...(written ? ["JAILHOUSE_MEM_WRITE"] : []),
    ...(rootshared ? ["JAILHOUSE_MEM_ROOTSHARED"] : []),
  ];
  const sameFlags = flags.unknown === 0n && flags.names.join() === wanted.join();
  const bare = Object.keys(extra).length === 0 && residue.length === 0;
  return physStart === at && virtStart === at && size > 0n && sameFlags && bare;
}

/** What all peers have in common; the two sides of virtio differ in nothing but their roles. */
export function protocolKey({ kind, detail }: ShmemProtocol): string | undefined {
  if (kind === "unknown" || (kind === "veth" && detail !== 0)) return undefined;
  return `${kind.replace(/-(front|back)$/, "")} ${detail}`;
}
