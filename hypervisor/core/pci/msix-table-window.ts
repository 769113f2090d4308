import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import type { HypervisorServices } from "../services.js";
import { bdfText } from "../words.js";
import type { DeviceAccess } from "./device-messages.js";
import { controlWord, type PciFunction, vectorWords } from "./pci-function.js";

const wordSize = 4;
const vectorSize = vectorWords * wordSize;

/**
 * The pages that hold a device's table of MSI-X vectors, and perhaps what is pending, which is only to be read. Accesses of
 * every width count as words of 32 bits (hypervisor/pci.c:371-411).
 */
export class MsixTableWindow implements MmioHandler {
  readonly kind = "msix";

  constructor(
    readonly hypervisor: HypervisorServices,
    readonly pciFunction: PciFunction,
    private readonly devices: DeviceAccess,
  ) {}

  access(access: MmioAccess): MmioAnswer {
    const answer = this.answer(access);
    if (answer === "denied") {
      const device = bdfText(this.pciFunction.info.bdf);
      this.hypervisor.print(`FATAL: Invalid PCI MSI-X table/PBA access, device ${device}\n`);
    }
    return answer;
  }

  private answer({ offset, written }: MmioAccess): MmioAnswer {
    if (offset % wordSize !== 0) return "denied";
    const index = Math.floor(offset / vectorSize);
    const word = offset / wordSize;
    const isVector = index < this.pciFunction.info.numMsixVectors;
    const isControl = word % vectorWords === controlWord;
    if (written !== null) {
      return isVector ? this.write(index, word, isControl, Number(BigInt.asUintN(32, written))) : "denied";
    }
    if (!isVector || isControl) return this.pciFunction.msixTable!.read(offset, wordSize);
    return BigInt(this.pciFunction.msixVectors[word]!);
  }

  /** The control word goes to the device, too. */
  private write(index: number, word: number, isControl: boolean, value: number): MmioAnswer {
    const { pciFunction } = this;
    pciFunction.msixVectors[word] = value;
    if (!this.devices.messages.updateVector(pciFunction, index)) return "denied";
    if (isControl) pciFunction.msixTable!.write(word * wordSize, wordSize, BigInt(value));
    return "done";
  }
}
