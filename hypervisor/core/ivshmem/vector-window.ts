import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import { bdfText } from "../words.js";
import { vectorTableSize } from "./config-words.js";
import type { EndFunction } from "./ivshmem-endpoint.js";

const vectorSize = 16;
const wordSize = 4;

/** What the table belongs to. */
export interface EndWithVectors {
  readonly pciFunction: Pick<EndFunction, "info" | "msixVectors">;
  /** @returns false where the target is outside of the cell */
  updateVector(vector: number): boolean;
}

/**
 * The table of MSI-X vectors of an end, and what is pending, which is always nothing. Accesses of every width count as
 * words of 32 bits (hypervisor/ivshmem.c:246-281).
 */
export class VectorWindow implements MmioHandler {
  readonly kind = "ivshmem-msix";

  constructor(
    private readonly console: { print(text: string): void },
    private readonly end: EndWithVectors,
  ) {}

  access({ offset, written }: MmioAccess): MmioAnswer {
    const { info, msixVectors } = this.end.pciFunction;
    const vector = Math.floor(offset / vectorSize);
    const isTable = offset < vectorTableSize;
    const isThere = isTable ? vector < info.numMsixVectors : written === null;
    if (offset % wordSize !== 0 || !isThere) {
      this.console.print(`FATAL: Invalid PCI MSI-X table/PBA access, device ${bdfText(info.bdf)}\n`);
      return "denied";
    }
    if (written === null) return isTable ? BigInt(msixVectors[offset / wordSize]!) : 0n;
    msixVectors[offset / wordSize] = Number(BigInt.asUintN(32, written));
    return this.end.updateVector(vector) ? "done" : "denied";
  }
}
