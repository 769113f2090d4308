import { capabilityWrite, type PciCapability, pciTypes } from "../config/cell-config.js";
import { type DeviceMessages, updateVectors } from "./device-messages.js";
import { verdictOnHeader } from "./header-writes.js";
import { capabilityIds, type PciFunction } from "./pci-function.js";

const headerSize = 0x40;
const bars = { start: 0x10, end: 0x28 } as const;
const rom = { start: 0x30, end: 0x34 } as const;
const allOnes = 0xffff_ffff;
/** Where the address of MSI begins in its capability; the control word before it is the hardware's. */
const msiAddress = 4;
const msixControlEnd = 4;

/**
 * What a cell reads from a configuration space (hypervisor/pci.c:197-250).
 *
 * @param pciFunction that the cell owns; null for all others
 * @param address 0 to 0xfff
 * @returns "pass" where the hardware answers; otherwise a word of 32 bits whose lowest bytes are meant
 */
export function moderateRead(pciFunction: PciFunction | null, address: number): number | "pass" {
  if (pciFunction === null) return allOnes;
  const { info, ivshmem } = pciFunction;
  const shift = 8 * (address % 4);
  if (info.type !== pciTypes.bridge) {
    if (isIn(bars, address)) return pciFunction.bars[(address - bars.start) >> 2]! >>> shift;
    if (isIn(rom, address)) return 0;
  }
  if (ivshmem !== null) return ivshmem.readConfig(address);
  if (address < headerSize) return "pass";
  const capability = capabilityAt(pciFunction, address);
  if (capability?.id !== capabilityIds.msi) return "pass";
  const offset = address - capability.start;
  if (offset < msiAddress || offset >= msiEnd(pciFunction)) return "pass";
  return pciFunction.msi[offset >> 2]! >>> (8 * (offset % 4));
}

/**
 * What becomes of a cell's write to a configuration space (hypervisor/pci.c:268-351).
 *
 * @param size in bytes: 1, 2 or 4
 * @param value 32 bits. Those beyond the size are not cleared: the x86 decoder leaves them, and they get into what is kept of
 *   MSI and MSI-X
 * @returns "pass" where the hardware gets it; "rejected" ends in the CPU being parked
 */
export function moderateWrite(
  messages: DeviceMessages,
  pciFunction: PciFunction | null,
  address: number,
  size: number,
  value: number,
): "pass" | "done" | "rejected" {
  if (pciFunction === null) return "rejected";
  const { info, ivshmem } = pciFunction;
  const shift = 8 * (address % 4);
  const mask = ((2 ** (8 * size) - 1) << shift) >>> 0;
  const word = (value << shift) >>> 0;
  const isBridge = info.type === pciTypes.bridge;
  if (!isBridge && isIn(bars, address)) {
    writeBar(pciFunction, (address - bars.start) >> 2, mask, word);
    return "done";
  }
  if (address < headerSize) {
    const verdict = verdictOnHeader(isBridge, address >> 2, mask);
    return verdict === "pass" && ivshmem !== null ? ivshmem.writeConfig(address >> 2, mask, word) : verdict;
  }
  if (ivshmem !== null) return ivshmem.writeConfig(address >> 2, mask, word);
  const capability = capabilityAt(pciFunction, address);
  if (capability === undefined || (capability.flags & capabilityWrite) === 0) return "rejected";
  return writeCapability(messages, pciFunction, capability, address, mask, word);
}

/** Whether a write that was done, but not by the hardware, has had no effect in some of its bits. */
export function losesBits(
  { info, ivshmem }: PciFunction,
  address: number,
  size: number,
  value: number,
): boolean {
  if (address >= headerSize) return false;
  if (info.type === pciTypes.bridge || !isIn(bars, address)) return ivshmem === null || isIn(rom, address);
  const shift = 8 * (address % 4);
  const written = (value << shift) & (((2 ** (8 * size) - 1) << shift) >>> 0);
  return (written & ~info.barMask[(address - bars.start) >> 2]!) !== 0;
}

function isIn({ start, end }: { readonly start: number; readonly end: number }, address: number): boolean {
  return address >= start && address < end;
}

/** Only the first byte of an access decides which capability it belongs to. */
function capabilityAt({ capabilities }: PciFunction, address: number): PciCapability | undefined {
  return capabilities.find(({ start, len }) => start <= address && start + len > address);
}

/** The registers of MSI that the hypervisor keeps end with the data. */
function msiEnd({ info }: PciFunction): number {
  return info.msi64Bits ? 14 : 10;
}

/** Bits that the config does not have in the mask stay as they were. */
function writeBar({ bars: words, info }: PciFunction, bar: number, mask: number, value: number): void {
  const writable = mask & info.barMask[bar]!;
  words[bar] = (words[bar]! & ~writable) | (value & writable);
}

function writeCapability(
  messages: DeviceMessages,
  pciFunction: PciFunction,
  capability: PciCapability,
  address: number,
  mask: number,
  value: number,
): "pass" | "done" | "rejected" {
  const offset = address - capability.start;
  if (capability.id === capabilityIds.msi && offset < msiEnd(pciFunction)) {
    const { msi } = pciFunction;
    msi[offset >> 2] = (msi[offset >> 2]! & ~mask) | value;
    if (!messages.updateMsi(pciFunction, capability)) return "rejected";
    return offset < msiAddress ? "pass" : "done";
  }
  if (capability.id === capabilityIds.msix && offset < msixControlEnd) {
    pciFunction.msixControl = ((pciFunction.msixControl & ~mask) | value) >>> 0;
    if (!updateVectors(messages, pciFunction)) return "rejected";
  }
  return "pass";
}
