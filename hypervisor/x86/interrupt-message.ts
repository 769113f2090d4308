/** An interrupt that a device or a pin asks for, as local APICs take it. */
export interface InterruptMessage {
  /** 0 to 255. */
  readonly vector: number;
  /** 0 is fixed, 1 is lowest priority; 3 bits. */
  readonly deliveryMode: number;
  /** The destination is a set of processors, not an APIC id. */
  readonly isLogical: boolean;
  readonly isLevelTriggered: boolean;
  readonly hasRedirectionHint: boolean;
  /** 32 bits. */
  readonly destination: number;
}

export const deliveryModes = { fixed: 0, lowestPriority: 1 } as const;

/** What a device writes to cause an interrupt, as its registers say it: 32 bits each. */
export interface MsiWords {
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
}

const messageRegion = 0xfee;
const isRemapped = 0x10;
const hasSubhandle = 0x8;

/**
 * The interrupt that a message stands for (hypervisor/arch/x86/pci.c:216-261).
 *
 * @param vector index among the device's vectors
 * @param enabledVectors of MSI, where the device itself changes the low bits of the vector; 0 for MSI-X
 * @returns null where the address is not one of local APICs: nothing is sent then
 */
export function messageOfMsi(
  words: MsiWords,
  vector: number,
  enabledVectors: number,
): InterruptMessage | null {
  const { addressLow, addressHigh, data } = words;
  if (addressHigh !== 0 || addressLow >>> 20 !== messageRegion) return null;
  const own = data & 0xff;
  return {
    vector: enabledVectors > 1 ? ((own & ~(enabledVectors - 1)) | vector) & 0xff : own,
    deliveryMode: (data >> 8) & 0x7,
    isLogical: (addressLow & 0x4) !== 0,
    isLevelTriggered: false,
    hasRedirectionHint: (addressLow & 0x8) !== 0,
    destination: (addressLow >> 12) & 0xff,
  };
}

/** The interrupt of a pin of an I/O APIC (hypervisor/arch/x86/ioapic.c:84-112). @param low, high words of its entry */
export function messageOfPin(low: number, high: number): InterruptMessage {
  return {
    vector: low & 0xff,
    deliveryMode: (low >> 8) & 0x7,
    isLogical: (low & 0x800) !== 0,
    isLevelTriggered: (low & 0x8000) !== 0,
    hasRedirectionHint: true,
    destination: high >>> 24,
  };
}

/** Low word of the address of an interrupt that is remapped (Intel VT-d specification, 5.1.2.2). @param index 16 bits */
export function remappedAddress(index: number): number {
  const lowBits = (index & 0x7fff) << 5;
  return ((messageRegion << 20) | lowBits | isRemapped | hasSubhandle | (((index >> 15) & 1) << 2)) >>> 0;
}

/** Index of a remapped interrupt; null for an address that is none. */
export function remappedIndexOf(addressLow: number): number | null {
  if (addressLow >>> 20 !== messageRegion || (addressLow & isRemapped) === 0) return null;
  return ((addressLow >>> 5) & 0x7fff) | (((addressLow >> 2) & 1) << 15);
}

/** Low word of an address that reaches no processor: a logical one without any destination. */
export const silentAddress = ((messageRegion << 20) | 0xc) >>> 0;
