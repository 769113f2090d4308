import type { Cell } from "../cell.js";
import { type PciDevice, pciTypes } from "../config/cell-config.js";
import { type Hypervisor, pagesOf } from "../hypervisor.js";
import { IvshmemLinks } from "../ivshmem/ivshmem-links.js";
import { Refusal, undoing } from "../refusal.js";
import type { CellShape, Unit } from "../unit.js";
import { bdfText } from "../words.js";
import { ConfigSpaceWindow } from "./config-space-window.js";
import { MsixTableWindow } from "./msix-table-window.js";
import { PciFunction } from "./pci-function.js";

/** Bytes of the state of a vector of MSI-X, and how many the description of a device has room for. */
const vectorSize = 16;
const embeddedVectors = 16;
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
  ownership: DeviceOwnership = { addDevice: () => {}, removeDevice: () => {} };
  private readonly deviceListPages = new Map<Cell, { readonly address: number; readonly count: number }>();

  constructor(private readonly hypervisor: Hypervisor) {
    this.links = new IvshmemLinks(hypervisor);
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
    if (pciMmconfigBase !== 0n && !pciIsVirtual) this.hypervisor.mapDevice(pciMmconfigBase, this.windowSize);
    this.initCell(this.hypervisor.rootCell);
  }

  private get windowSize(): number {
    return (this.hypervisor.config.pciMmconfigEndBus + 1) * configSpaceOfBus;
  }

  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { pciMmconfigBase } = hypervisor.config;
    if (pciMmconfigBase !== 0n) {
      const handler = new ConfigSpaceWindow(hypervisor, cell);
      hypervisor.trap(cell, { start: pciMmconfigBase, size: BigInt(this.windowSize), handler });
    }
    const devices = cell.config.pciDevices;
    if (devices.length === 0) return;
    const count = pagesOf(devices.length * hypervisor.setup.build.pciDeviceSize);
    this.deviceListPages.set(cell, { address: hypervisor.takePages(count), count });
    cell.pciFunctions = devices.map((device) => new PciFunction(cell, device));
    undoing(
      () => {
        for (const each of cell.pciFunctions) this.addFunction(cell, each);
      },
      () => this.exitCell(cell),
    );
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
  }

  /** What is done before something is refused stays: the caller gives up the cell. */
  private addPhysical(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info } = pciFunction;
    hypervisor.print(`Adding PCI device ${bdfText(info.bdf)} to cell "${cell.name}"\n`);
    this.ownership.addDevice(cell, info);
    if (info.msixAddress !== 0n) {
      undoing(
        () => this.mapMsix(cell, pciFunction),
        () => this.ownership.removeDevice(info),
      );
    }
    pciFunction.owner = cell;
  }

  private mapMsix(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { msixAddress, msixRegionSize, numMsixVectors } = pciFunction.info;
    const unmap = hypervisor.mapDevice(msixAddress, msixRegionSize);
    pciFunction.unmapMsix = unmap;
    if (numMsixVectors > embeddedVectors) {
      const count = pagesOf(vectorSize * numMsixVectors);
      undoing(() => {
        pciFunction.msixPages = { address: hypervisor.takePages(count), count };
      }, unmap);
    }
    const handler = new MsixTableWindow(hypervisor, pciFunction);
    hypervisor.trap(cell, { start: msixAddress, size: BigInt(msixRegionSize), handler });
  }

  private removePhysical(pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info, msixPages, unmapMsix } = pciFunction;
    const owner = pciFunction.owner!;
    hypervisor.print(`Removing PCI device ${bdfText(info.bdf)} from cell "${owner.name}"\n`);
    this.ownership.removeDevice(info);
    pciFunction.owner = null;
    if (unmapMsix === null) return;
    unmapMsix();
    pciFunction.unmapMsix = null;
    if (msixPages !== null) hypervisor.freePages(msixPages.address, msixPages.count);
    pciFunction.msixPages = null;
    owner.mmio.unregister(info.msixAddress);
  }

  /** The root cell keeps its devices: the whole hypervisor ends then. */
  exitCell(cell: Cell): void {
    if (cell.isRoot) return;
    for (const each of cell.pciFunctions) {
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
    const known = rootCell.pciFunctions.find(({ info }) => info.domain === domain && info.bdf === bdf);
    if (known === undefined) return;
    try {
      this.addPhysical(rootCell, known);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.hypervisor.print("WARNING: Failed to re-assign PCI device to root cell\n");
    }
  }

  resetCell(_cell: Cell): void {}

  commit(_changed: Cell | null): void {}

  prepareHandOver(): void {}

  shutdown(): void {}
}

/** The first device with this address that the config has, if it is the cell's now. */
export function ownedFunction(cell: Cell, bdf: number): PciFunction | null {
  const known = cell.pciFunctions.find(({ info }) => info.bdf === bdf);
  return known === undefined || known.owner === null ? null : known;
}
