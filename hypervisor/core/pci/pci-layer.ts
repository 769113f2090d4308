import type { Cell } from "../cell.js";
import { type PciDevice, pciTypes } from "../config/cell-config.js";
import { IvshmemLinks } from "../ivshmem/ivshmem-links.js";
import { pagesOf } from "../paging/table-format.js";
import { Refusal, undoing } from "../refusal.js";
import type { HypervisorServices } from "../services.js";
import type { CellShape, Unit } from "../unit.js";
import { bdfText } from "../words.js";
import { ConfigSpaceWindow } from "./config-space-window.js";
import {
  type DeviceMessages,
  UntranslatedMessages,
  updateVectors,
  writeMsi,
  writeVector,
} from "./device-messages.js";
import { HardwareConfig } from "./hardware-config.js";
import { MessageRegisters } from "./message-registers.js";
import { MsixTableWindow } from "./msix-table-window.js";
import {
  capabilityIds,
  embeddedVectors,
  functionsOf,
  makeFunctions,
  ownedFunction,
  type PciFunction,
  vectorWords,
} from "./pci-function.js";

/** Bytes of the state of a vector of MSI-X. */
const vectorSize = 4 * vectorWords;
const firstBar = 0x10;
const configSpaceOfBus = 0x10_0000;
const handlersOfIvshmem = 2;

/** What an architecture does for a device that a cell gets or gives back. */
export interface DeviceOwnership {
  addDevice(cell: Cell, device: PciDevice): void;
  removeDevice(device: PciDevice): void;
}

/** Devices of cells: who owns them, and their configuration space (hypervisor/pci.c). */
export class PciLayer implements Unit {
  readonly name = "PCI";
  readonly links: IvshmemLinks;
  readonly hardware: HardwareConfig;
  readonly registers: MessageRegisters;
  ownership: DeviceOwnership = { addDevice: () => {}, removeDevice: () => {} };
  messages: DeviceMessages;
  private readonly deviceListPages = new Map<Cell, { readonly address: number; readonly count: number }>();

  constructor(private readonly hypervisor: HypervisorServices) {
    this.links = new IvshmemLinks(hypervisor);
    this.hardware = new HardwareConfig(hypervisor.config.pciMmconfigEndBus);
    this.registers = new MessageRegisters(hypervisor, this.hardware);
    this.messages = new UntranslatedMessages(this.hardware, (each) => this.registers.tableOf(each));
  }

  mmioRegions({ config }: CellShape): number {
    const window = this.hypervisor.config.pciMmconfigBase !== 0n ? 1 : 0;
    return config.pciDevices.reduce((sum, { type, msixAddress }) => {
      if (type === pciTypes.ivshmem) return sum + handlersOfIvshmem;
      return sum + (msixAddress !== 0n ? 1 : 0);
    }, window);
  }

  init(): void {
    const { pciMmconfigBase, pciIsVirtual } = this.hypervisor.config;
    if (pciMmconfigBase !== 0n && !pciIsVirtual) {
      this.hardware.window = this.hypervisor.mapRegisters(pciMmconfigBase, this.windowSize);
    }
    this.initCell(this.hypervisor.rootCell);
  }

  private get windowSize(): number {
    return (this.hypervisor.config.pciMmconfigEndBus + 1) * configSpaceOfBus;
  }

  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { pciMmconfigBase } = hypervisor.config;
    if (pciMmconfigBase !== 0n) {
      const handler = new ConfigSpaceWindow(hypervisor, cell, this);
      hypervisor.trap(cell, { start: pciMmconfigBase, size: BigInt(this.windowSize), handler });
    }
    const devices = cell.config.pciDevices;
    if (devices.length === 0) return;
    const count = pagesOf(devices.length * hypervisor.setup.build.pciDeviceSize);
    this.deviceListPages.set(cell, { address: hypervisor.takePages(count), count });
    const functions = makeFunctions(cell);
    undoing(
      () => {
        for (const each of functions) this.addFunction(cell, each);
      },
      () => this.exitCell(cell),
    );
    if (cell.isRoot) this.prepareHandOver();
  }

  private addFunction(cell: Cell, pciFunction: PciFunction): void {
    const { bdf, type } = pciFunction.info;
    if (type === pciTypes.ivshmem) {
      this.links.connect(cell, pciFunction);
      return;
    }
    const ofRoot = ownedFunction(this.hypervisor.rootCell, bdf);
    if (ofRoot !== null) this.removePhysical(ofRoot);
    this.addPhysical(cell, pciFunction);
    this.registers.save(pciFunction);
  }

  /** What is done before something is refused stays: the caller gives up the cell. */
  private addPhysical(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info } = pciFunction;
    hypervisor.print(`Adding PCI device ${bdfText(info.bdf)} to cell "${cell.name}"\n`);
    for (const bar of pciFunction.bars.keys()) {
      pciFunction.bars[bar] = this.hardware.read(info.bdf, firstBar + 4 * bar, 4);
    }
    this.ownership.addDevice(cell, info);
    if (info.msixAddress !== 0n) {
      undoing(
        () => this.mapMsix(cell, pciFunction),
        () => this.ownership.removeDevice(info),
      );
    }
    pciFunction.owner = cell;
    if (!cell.isRoot) this.registers.reset(pciFunction);
  }

  private mapMsix(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { msixAddress, msixRegionSize, numMsixVectors } = pciFunction.info;
    const table = hypervisor.mapRegisters(msixAddress, msixRegionSize);
    pciFunction.msixTable = table;
    if (numMsixVectors > embeddedVectors) {
      const count = pagesOf(vectorSize * numMsixVectors);
      undoing(() => {
        pciFunction.msixPages = { address: hypervisor.takePages(count), count };
        pciFunction.msixVectors = new Uint32Array(vectorWords * numMsixVectors);
      }, table.release);
    }
    const handler = new MsixTableWindow(hypervisor, pciFunction, this);
    hypervisor.trap(cell, { start: msixAddress, size: BigInt(msixRegionSize), handler });
  }

  private removePhysical(pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info, msixPages, msixTable } = pciFunction;
    const owner = pciFunction.owner!;
    hypervisor.print(`Removing PCI device ${bdfText(info.bdf)} from cell "${owner.name}"\n`);
    this.registers.reset(pciFunction);
    this.ownership.removeDevice(info);
    pciFunction.owner = null;
    if (msixTable === null) return;
    msixTable.release();
    pciFunction.msixTable = null;
    if (msixPages !== null) hypervisor.freePages(msixPages.address, msixPages.count);
    pciFunction.msixPages = null;
    owner.mmio.unregister(info.msixAddress);
  }

  /** The root cell keeps its devices: the whole hypervisor ends then. */
  exitCell(cell: Cell): void {
    if (cell.isRoot) return;
    for (const each of functionsOf(cell)) {
      if (each.owner === null) continue;
      if (each.ivshmem !== null) {
        this.links.disconnect(each.ivshmem);
      } else {
        this.removePhysical(each);
        this.returnToRoot(each.info);
      }
    }
    const pages = this.deviceListPages.get(cell);
    if (pages !== undefined) this.hypervisor.freePages(pages.address, pages.count);
    this.deviceListPages.delete(cell);
  }

  private returnToRoot({ domain, bdf }: PciDevice): void {
    const { rootCell } = this.hypervisor;
    const known = functionsOf(rootCell).find(({ info }) => info.domain === domain && info.bdf === bdf);
    if (known === undefined) return;
    try {
      this.addPhysical(rootCell, known);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.hypervisor.print("WARNING: Failed to re-assign PCI device to root cell\n");
    }
  }

  resetCell(cell: Cell): void {
    for (const each of functionsOf(cell)) {
      if (each.owner !== null) this.registers.reset(each);
    }
  }

  /** When a cell came or went, the root cell's interrupts are brought into its devices again. */
  commit(changed: Cell | null): void {
    if (changed === null) return;
    for (const each of this.functionsOfRoot) this.commitFunction(each);
  }

  /** Before the root cell's devices are there it has none. */
  private get functionsOfRoot(): readonly PciFunction[] {
    return functionsOf(this.hypervisor.rootCell).filter(({ owner }) => owner !== null);
  }

  private commitFunction(pciFunction: PciFunction): void {
    const { messages, registers } = this;
    for (const capability of pciFunction.capabilities) {
      let isSupported = true;
      if (capability.id === capabilityIds.msi) {
        isSupported = messages.updateMsi(pciFunction, capability);
        messages.suppressMsi(pciFunction, capability, false);
      } else if (capability.id === capabilityIds.msix) {
        isSupported = updateVectors(messages, pciFunction);
        registers.suppressMsix(pciFunction, capability, false);
      }
      if (!isSupported) this.giveUp(pciFunction, `, cap ${capability.id}`);
    }
    if (pciFunction.ivshmem?.updateMsix() === false) this.giveUp(pciFunction, "");
  }

  private giveUp({ info }: PciFunction, place: string): never {
    this.hypervisor.print(`FATAL: Unsupported MSI/MSI-X state, device ${bdfText(info.bdf)}${place}
`);
    return this.hypervisor.stopCpu();
  }

  /** The root cell's devices send nothing until the hypervisor has taken over, or Linux has. */
  prepareHandOver(): void {
    for (const each of this.functionsOfRoot) {
      for (const capability of each.capabilities) {
        if (capability.id === capabilityIds.msi) this.messages.suppressMsi(each, capability, true);
        else if (capability.id === capabilityIds.msix) this.registers.suppressMsix(each, capability, true);
      }
    }
  }

  /** The root cell's devices get what Linux has set, untranslated. */
  shutdown(): void {
    if (!this.hypervisor.hasRootCell) return;
    for (const each of this.functionsOfRoot) {
      for (const capability of each.capabilities) {
        if (capability.id === capabilityIds.msi) writeMsi(this.hardware, each, capability);
        else if (capability.id === capabilityIds.msix) {
          const table = this.registers.tableOf(each);
          for (let index = 0; index < each.info.numMsixVectors; index++) writeVector(table, each, index);
          this.registers.suppressMsix(each, capability, false);
        }
      }
    }
  }
}
