import type { PciCapability } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { type DeviceMessages, writeMsi, writeVector } from "../core/pci/device-messages.js";
import { type PciFunction, vectorWords } from "../core/pci/pci-function.js";
import { type MsiWords, messageOfMsi, remappedAddress, silentAddress } from "./interrupt-message.js";
import type { LocalApics } from "./local-apics.js";
import type { InterruptRemapping } from "./remapping-table.js";

const command = { place: 0x04, master: 0x4 } as const;

/** MSI and MSI-X of x86 devices: remapped, or as the cell has set them (hypervisor/arch/x86/pci.c:263-420). */
export class X86DeviceMessages implements DeviceMessages {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly remapping: InterruptRemapping,
    private readonly apics: LocalApics,
  ) {}

  updateMsi(pciFunction: PciFunction, capability: PciCapability): boolean {
    const { enabledMsiVectors, info, msiMessage, owner } = pciFunction;
    if (enabledMsiVectors === 0) return true;
    let last = 0;
    for (let vector = 0; vector < enabledMsiVectors; vector++) {
      const message = messageOfMsi(msiMessage, vector, enabledMsiVectors);
      const index = this.remapping.mapInterrupt(owner!, info.bdf, vector, message);
      if (index === "refused") return false;
      if (index === "direct") {
        writeMsi(this.hypervisor.pci.hardware, pciFunction, capability);
        return true;
      }
      last = index;
    }
    this.writeRemapped(pciFunction, capability, last - (enabledMsiVectors - 1));
    return true;
  }

  /** The device adds the number of the vector to data of zero. */
  private writeRemapped({ info }: PciFunction, { start }: PciCapability, index: number): void {
    const { hardware } = this.hypervisor.pci;
    hardware.write(info.bdf, start + (info.msi64Bits ? 12 : 8), 2, 0);
    if (info.msi64Bits) hardware.write(info.bdf, start + 8, 4, 0);
    hardware.write(info.bdf, start + 4, 4, remappedAddress(index));
  }

  updateVector(pciFunction: PciFunction, index: number): boolean {
    if (!pciFunction.isVectorActive(index)) return true;
    const { info, owner } = pciFunction;
    const message = messageOfMsi(wordsOf(pciFunction, index), index, 0);
    const result = this.remapping.mapInterrupt(owner!, info.bdf, index, message);
    if (result === "refused") return false;
    const table = this.hypervisor.pci.registers.tableOf(pciFunction);
    if (result === "direct") {
      writeVector(table, pciFunction, index);
      return true;
    }
    const words = [remappedAddress(result), 0, 0];
    for (const [word, value] of words.entries()) {
      table.write(4 * (vectorWords * index + word), 4, BigInt(value));
    }
    return true;
  }

  /**
   * A device that may not write sends nothing anyway. When interrupts go on, each one that is not masked is sent once, since
   * it may have been lost: Linux can stand a few that are not real.
   */
  suppressMsi(pciFunction: PciFunction, { start }: PciCapability, isSuppressed: boolean): void {
    const { info } = pciFunction;
    const { hardware } = this.hypervisor.pci;
    if ((hardware.read(info.bdf, command.place, 2) & command.master) === 0) return;
    if (isSuppressed) {
      if (info.msi64Bits) hardware.write(info.bdf, start + 8, 4, 0);
      hardware.write(info.bdf, start + 4, 4, silentAddress);
      return;
    }
    const maskPlace = start + (info.msi64Bits ? 0x10 : 0xc);
    const mask = info.msiMaskable ? hardware.read(info.bdf, maskPlace, 4) : 0;
    const { enabledMsiVectors, msiMessage } = pciFunction;
    for (let vector = 0; vector < enabledMsiVectors; vector++) {
      const message = messageOfMsi(msiMessage, vector, enabledMsiVectors);
      // There are 32 bits of the mask; vectors that are numbered higher look at them again.
      if (message !== null && ((mask >>> (vector % 32)) & 1) === 0) this.apics.send(message);
    }
  }
}

function wordsOf({ msixVectors }: PciFunction, index: number): MsiWords {
  const first = vectorWords * index;
  return {
    addressLow: msixVectors[first] ?? 0,
    addressHigh: msixVectors[first + 1] ?? 0,
    data: msixVectors[first + 2] ?? 0,
  };
}
