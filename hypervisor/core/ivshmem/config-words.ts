import type { CellConfig, MemoryRegion, PciDevice } from "../config/cell-config.js";
import { HypervisorFault } from "../refusal.js";

/** Words of 32 bits that the configuration space of an end has: 128 bytes (hypervisor/include/jailhouse/ivshmem.h:24). */
export const configWords = 32;

/** Words of the configuration space by their index (Documentation/ivshmem-v2-specification.md; hypervisor/ivshmem.c:37-48). */
export const words = {
  ids: 0x00,
  command: 0x01,
  classCode: 0x02,
  subsystemIds: 0x0b,
  capabilities: 0x0d,
  interrupt: 0x0f,
  vendorCapability: 0x10,
  stateTableSize: 0x11,
  readWriteSize: 0x12,
  outputSize: 0x14,
  address: 0x16,
  msixCapability: 0x18,
  msixTable: 0x19,
  msixPending: 0x1a,
} as const;

/** Bits of the command register. */
export const command = { memory: 0x2, master: 0x4, interruptOff: 0x400 } as const;

/** Control of MSI-X, in the upper half of the capability's first word. */
export const msixControl = { masked: 0x4000_0000, enabled: 0x8000_0000, writable: 0xc000_0000 } as const;

/** The vendor's capability: an interrupt disables further ones. */
export const oneShot = 0x0100_0000;

/** Bytes of the table of 16 vectors; what is pending follows. */
export const vectorTableSize = 0x100;

const siemensIvshmem = 0x4106_110a;
const hasCapabilities = 0x0010_0000;
const otherClass = 0xff00_0000;
const vendorPlace = 0x40;
const vendorLength = 0x20;
const msixPlace = vendorPlace + vendorLength;
const capabilityIds = { vendor: 0x09, msix: 0x11 } as const;
const secondBar = 1;

/** The sections of an end's shared memory, as it finds them through its first region. */
export interface SharedSections {
  readonly stateTable: MemoryRegion;
  readonly readWriteSize: bigint;
  readonly outputSize: bigint;
}

/**
 * The regions that an end names. Without any peer the third one is not checked: its size is then whatever the config has
 * behind its memory regions.
 *
 * @throws HypervisorFault where the number of the first one is so high that the check wraps: what lies there is not mapped
 */
export function sharedSections(
  { memoryRegions, behindRegions }: CellConfig,
  info: PciDevice,
): SharedSections {
  const [stateTable, readWrite, output] = memoryRegions.slice(
    info.shmemRegionsStart,
    info.shmemRegionsStart + 3,
  );
  if (stateTable === undefined || readWrite === undefined) {
    throw new HypervisorFault(null, `access to memory region ${info.shmemRegionsStart} of a config`);
  }
  return {
    stateTable,
    readWriteSize: readWrite.size,
    outputSize: output === undefined ? behindRegions : output.size,
  };
}

/** The configuration space after a reset (hypervisor/ivshmem.c:69-82, 483-512). */
export function resetWords(info: PciDevice, sections: SharedSections): Uint32Array<ArrayBuffer> {
  const space = new Uint32Array(configWords);
  const { numMsixVectors, shmemProtocol, bdf } = info;
  const hasMsix = numMsixVectors > 0;
  space[words.ids] = siemensIvshmem;
  space[words.command] = hasCapabilities;
  space[words.classCode] = otherClass | (shmemProtocol << 8);
  space[words.subsystemIds] = siemensIvshmem;
  space[words.capabilities] = vendorPlace;
  // The pin goes by the number of the device.
  space[words.interrupt] = hasMsix ? 0 : (((bdf >> 3) & 3) + 1) << 8;
  space[words.vendorCapability] =
    (vendorLength << 16) | ((hasMsix ? msixPlace : 0) << 8) | capabilityIds.vendor;
  space[words.stateTableSize] = Number(BigInt.asUintN(32, sections.stateTable.size));
  setLong(space, words.readWriteSize, sections.readWriteSize);
  setLong(space, words.outputSize, sections.outputSize);
  setLong(space, words.address, sections.stateTable.virtStart);
  // The capability is there without vectors, too: only nothing leads to it.
  space[words.msixCapability] = ((hasMsix ? numMsixVectors - 1 : 0) << 16) | capabilityIds.msix;
  space[words.msixTable] = secondBar;
  space[words.msixPending] = vectorTableSize | secondBar;
  return space;
}

function setLong(space: Uint32Array, index: number, value: bigint): void {
  space[index] = Number(BigInt.asUintN(32, value));
  space[index + 1] = Number(BigInt.asUintN(32, value >> 32n));
}
