import type { PciCapability } from "../config/cell-config.js";
import type { MappedRegisters } from "../mapped-registers.js";
import type { HardwareConfig } from "./hardware-config.js";
import { type PciFunction, vectorWords } from "./pci-function.js";

/** What an architecture does with the interrupts that devices send as messages. */
export interface DeviceMessages {
  /** Brings what the cell has set for MSI into the device. @returns false where the cell may not have it */
  updateMsi(pciFunction: PciFunction, capability: PciCapability): boolean;
  /** The same for a vector of MSI-X. */
  updateVector(pciFunction: PciFunction, index: number): boolean;
  /** Keeps the interrupts of MSI back, or makes up for those that were lost meanwhile. */
  suppressMsi(pciFunction: PciFunction, capability: PciCapability, isSuppressed: boolean): void;
}

/** All vectors of MSI-X, up to the first one that the cell may not have. */
export function updateVectors(messages: DeviceMessages, pciFunction: PciFunction): boolean {
  for (let index = 0; index < pciFunction.info.numMsixVectors; index++) {
    if (!messages.updateVector(pciFunction, index)) return false;
  }
  return true;
}

/** Devices get what the cell writes: ARM has nothing that would confine it (hypervisor/arch/arm-common/pci.c). */
export class UntranslatedMessages implements DeviceMessages {
  constructor(
    private readonly hardware: HardwareConfig,
    private readonly tableOf: (pciFunction: PciFunction) => MappedRegisters,
  ) {}

  updateMsi(pciFunction: PciFunction, capability: PciCapability): boolean {
    writeMsi(this.hardware, pciFunction, capability);
    return true;
  }

  updateVector(pciFunction: PciFunction, index: number): boolean {
    writeVector(this.tableOf(pciFunction), pciFunction, index);
    return true;
  }

  suppressMsi(): void {}
}

/** Address and data of MSI, as the cell sees them. */
export function writeMsi(
  hardware: HardwareConfig,
  { info, msi, msiWords }: PciFunction,
  { start }: PciCapability,
): void {
  for (let word = 1; word < msiWords; word++) hardware.write(info.bdf, start + 4 * word, 4, msi[word]!);
}

/** Address and data of a vector, as the cell sees them. */
export function writeVector(table: MappedRegisters, { msixVectors }: PciFunction, index: number): void {
  for (let word = 0; word < vectorWords - 1; word++) {
    const at = vectorWords * index + word;
    table.write(4 * at, 4, BigInt(msixVectors[at] ?? 0));
  }
}

/** How devices are reached: their registers, and what they send. */
export interface DeviceAccess {
  readonly hardware: HardwareConfig;
  readonly messages: DeviceMessages;
}
