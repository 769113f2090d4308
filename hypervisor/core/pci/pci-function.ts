import type { Cell } from "../cell.js";
import type { PciCapability, PciDevice } from "../config/cell-config.js";
import type { IvshmemEndpoint } from "../ivshmem/ivshmem-endpoint.js";

/** A device as a cell's config has it, with what the hypervisor keeps of it. */
export class PciFunction {
  /** Whose it is now; null while it is another cell's, or not there yet. */
  owner: Cell | null = null;
  /** What the cell last wrote to each base address. */
  readonly bars = new Uint32Array(6);
  /** Words of the MSI capability. */
  readonly msi = new Uint32Array(4);
  /** Control word of MSI-X, with the id and the next capability. */
  msixControl = 0;
  /** Four words for each vector. */
  msixVectors: Uint32Array;
  /** Takes the mapping of the MSI-X table away; null without one. */
  unmapMsix: (() => void) | null = null;
  /** Pages for more vectors than the description has room for. */
  msixPages: { readonly address: number; readonly count: number } | null = null;
  ivshmem: IvshmemEndpoint | null = null;

  constructor(
    readonly cell: Cell,
    readonly info: PciDevice,
  ) {
    this.msixVectors = new Uint32Array(4 * info.numMsixVectors);
  }

  /** Those that the config has for it; the table may end before. */
  get capabilities(): readonly PciCapability[] {
    const { capsStart, numCaps } = this.info;
    return this.cell.config.pciCapabilities.slice(capsStart, capsStart + numCaps);
  }
}
