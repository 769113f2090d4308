import type { PciCapability } from "../config/cell-config.js";
import { type MappedRegisters, unmappedRegisters } from "../mapped-registers.js";
import type { HypervisorServices } from "../services.js";
import type { HardwareConfig } from "./hardware-config.js";
import { capabilityIds, controlWord, type PciFunction, vectorWords } from "./pci-function.js";

const command = { place: 0x04, memory: 0x2, interruptsOff: 0x400 } as const;
const controlPlace = 2;

/** The registers of MSI and MSI-X in hardware: they are saved, reset, and set again (hypervisor/pci.c:459-571). */
export class MessageRegisters {
  constructor(
    private readonly hypervisor: HypervisorServices,
    private readonly hardware: HardwareConfig,
  ) {}

  /** Of a device without a table, too: it is not there then. */
  tableOf({ msixTable }: PciFunction): MappedRegisters {
    return msixTable ?? unmappedRegisters(this.hypervisor);
  }

  /** Takes over what the hardware has. */
  save(pciFunction: PciFunction): void {
    const { info, msi, msiWords } = pciFunction;
    for (const { id, start } of pciFunction.capabilities) {
      if (id === capabilityIds.msi) {
        for (let word = 0; word < msiWords; word++) {
          msi[word] = this.hardware.read(info.bdf, start + 4 * word, 4);
        }
      } else if (id === capabilityIds.msix) {
        pciFunction.msixControl = this.hardware.read(info.bdf, start, 4);
        this.saveVectors(pciFunction);
      }
    }
  }

  private saveVectors(pciFunction: PciFunction): void {
    const { info, msixVectors } = pciFunction;
    const table = this.tableOf(pciFunction);
    for (let word = 0; word < vectorWords * info.numMsixVectors; word++) {
      msixVectors[word] = Number(table.read(4 * word, 4));
    }
  }

  /**
   * The state after a reset, but for the interrupt pin, which is off.
   *
   * The loop over the capabilities of the real hypervisor counts vectors of MSI-X with the same counter. After a
   * capability of MSI-X it goes on as if so many had been visited: it stops early, or runs on into those of the next
   * devices (pci.c:559-568).
   */
  reset(pciFunction: PciFunction): void {
    pciFunction.forgetMessages();
    if (pciFunction.ivshmem !== null) {
      pciFunction.ivshmem.reset();
      return;
    }
    const { hardware } = this;
    const { cell, info } = pciFunction;
    hardware.write(info.bdf, command.place, 2, command.memory);
    let next = info.capsStart;
    for (let count = 0; count < info.numCaps; count++) {
      const capability = cell.config.pciCapabilities[next++];
      if (capability === undefined) break;
      const { id, start } = capability;
      if (id === capabilityIds.msi || id === capabilityIds.msix) {
        hardware.write(info.bdf, start + controlPlace, 2, 0);
      }
      if (id === capabilityIds.msix) {
        this.writeControls(pciFunction);
        count = info.numMsixVectors;
      }
    }
    hardware.write(info.bdf, command.place, 2, command.interruptsOff);
  }

  private writeControls(pciFunction: PciFunction): void {
    const { info, msixVectors } = pciFunction;
    const table = this.tableOf(pciFunction);
    for (let index = 0; index < info.numMsixVectors; index++) {
      const word = vectorWords * index + controlWord;
      table.write(4 * word, 4, BigInt(msixVectors[word] ?? 0));
    }
  }

  suppressMsix(pciFunction: PciFunction, { start }: PciCapability, isSuppressed: boolean): void {
    const { info, msixControl, suppressedMsixControl } = pciFunction;
    this.hardware.write(info.bdf, start, 4, isSuppressed ? suppressedMsixControl : msixControl);
  }
}
