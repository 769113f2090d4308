import type { Cell } from "../cell.js";
import type { PciCapability, PciDevice } from "../config/cell-config.js";
import type { IvshmemEndpoint } from "../ivshmem/ivshmem-endpoint.js";
import type { MappedRegisters } from "../mapped-registers.js";

/** Ids of capabilities (PCI code and ID assignment specification, 2). */
export const capabilityIds = { msi: 0x05, msix: 0x11 } as const;

/** Vectors of MSI-X that the description of a device has room for (hypervisor/include/jailhouse/pci.h:64). */
export const embeddedVectors = 16;

/** Words of a vector of MSI-X: address, its upper half, data, control. */
export const vectorWords = 4;
export const controlWord = 3;
const maskedVector = 0x1;
const mostKeptCapabilities = 256;

const msixEnable = 0x8000_0000;
const msixFunctionMask = 0x4000_0000;
const msiEnable = 0x1_0000;
const msiVectorBits = 20;

/** A device as a cell's config has it, with what the hypervisor keeps of it. */
export class PciFunction {
  /** Whose it is now; null while it is another cell's, or not there yet. */
  owner: Cell | null = null;
  /** What the cell last wrote to each base address. */
  readonly bars = new Uint32Array(6);
  /** Words of the MSI capability, as the cell sees them. */
  readonly msi = new Uint32Array(4);
  /** Control word of MSI-X, in the upper half, with the id and the next capability. */
  msixControl = 0;
  /**
   * Four words for each vector. A device with more than 16 has them in pages of their own. Without a table it has no such
   * pages: what the hypervisor writes to further vectors then, over whatever lies behind, is lost here.
   */
  msixVectors: Uint32Array = new Uint32Array(vectorWords * embeddedVectors);
  /** The table in hardware; null without one. */
  msixTable: MappedRegisters | null = null;
  /** Pages for more vectors than the description has room for. */
  msixPages: { readonly address: number; readonly count: number } | null = null;
  ivshmem: IvshmemEndpoint | null = null;
  /** The capabilities, unless they are so many that keeping them for each device would take too much memory. */
  private readonly keptCapabilities: readonly PciCapability[] | null;

  constructor(
    readonly cell: Cell,
    readonly info: PciDevice,
  ) {
    this.keptCapabilities = info.numCaps <= mostKeptCapabilities ? this.listCapabilities() : null;
  }

  /** Those that the config has for it; the table may end before. */
  get capabilities(): readonly PciCapability[] {
    return this.keptCapabilities ?? this.listCapabilities();
  }

  private listCapabilities(): readonly PciCapability[] {
    const { capsStart, numCaps } = this.info;
    return this.cell.config.pciCapabilities.slice(capsStart, capsStart + numCaps);
  }

  /** Vectors that MSI has enabled: a power of two up to 128, or 0. */
  get enabledMsiVectors(): number {
    const control = this.msi[0]!;
    return (control & msiEnable) === 0 ? 0 : 1 << ((control >> msiVectorBits) & 7);
  }

  /** Words of the capability of MSI: one less without an upper half of the address. */
  get msiWords(): number {
    return this.info.msi64Bits ? 4 : 3;
  }

  /** What the device writes for MSI, as the cell sees it. */
  get msiMessage(): { readonly addressLow: number; readonly addressHigh: number; readonly data: number } {
    const [, low, second, third] = this.msi;
    const has64 = this.info.msi64Bits;
    return {
      addressLow: low!,
      addressHigh: has64 ? second! : 0,
      data: (has64 ? third! : second!) & 0xffff,
    };
  }

  /** Whether MSI-X is on, and the vector is not masked. */
  isVectorActive(index: number): boolean {
    const { msixControl } = this;
    if ((msixControl & msixEnable) === 0 || (msixControl & msixFunctionMask) !== 0) return false;
    return (this.msixVectors[vectorWords * index + controlWord]! & maskedVector) === 0;
  }

  /** The control word of MSI-X with all vectors masked. */
  get suppressedMsixControl(): number {
    return (this.msixControl | msixFunctionMask) >>> 0;
  }

  /** What the cell has set is forgotten: MSI is off, and each vector of MSI-X masked. */
  forgetMessages(): void {
    this.msi.fill(0);
    const { msixVectors } = this;
    const words = Math.min(vectorWords * this.info.numMsixVectors, msixVectors.length);
    for (let at = 0; at < words; at += vectorWords) {
      msixVectors.fill(0, at, at + controlWord);
      msixVectors[at + controlWord]! |= maskedVector;
    }
  }
}

/** Kept here, so that cells need not know of devices. */
const functions = new WeakMap<Cell, readonly PciFunction[]>();

/** The devices of a cell, in the order of its config; none before they are there. */
export function functionsOf(cell: Cell): readonly PciFunction[] {
  return functions.get(cell) ?? [];
}

/** Makes the devices that a cell's config speaks of; nobody owns them yet. */
export function makeFunctions(cell: Cell): readonly PciFunction[] {
  const made = cell.config.pciDevices.map((device) => new PciFunction(cell, device));
  functions.set(cell, made);
  return made;
}

/** The first device with this address that the config has, if it is the cell's now. */
export function ownedFunction(cell: Cell, bdf: number): PciFunction | null {
  const known = functionsOf(cell).find(({ info }) => info.bdf === bdf);
  return known === undefined || known.owner === null ? null : known;
}
