import { isSubPage, pciTypes } from "../config/cell-config.js";
import { type CellInPlay, type CellScene, isX86, takersOfDevice } from "./scene.js";

/** A place in a cell's memory where accesses are trapped and answered. */
export interface Window {
  readonly start: bigint;
  readonly size: bigint;
  readonly what:
    | "ioapic"
    | "distributor"
    | "redistributor"
    | "config-space"
    | "msix"
    | "registers"
    | "vectors"
    | "region";
  /** Index of the entry that it comes from: an I/O APIC, a device, a memory region; 0 where there is one only. */
  readonly index: number;
}

const pageSize = 0x1000n;
const configSpaceOfBus = 0x10_0000n;
const vectorWindow = 0x200n;
/** Bytes of the distributor, by the version of the GIC. */
const distributorSizes = { 2: 0x1000n, 3: 0x1_0000n } as const;
/** Bytes of a redistributor (arch/arm-common/gic-v3.c:84): those of version 4 have two more frames. */
const redistributorSizes = { 3: 0x2_0000n, 4: 0x4_0000n } as const;

/** All windows that the configs open to a cell, in the order that the hypervisor registers them in. */
export function windowsOf(scene: CellScene): readonly Window[] {
  const { cell } = scene;
  const { config } = cell;
  const windows: Window[] = [...controllerWindows(scene), ...configWindow(scene)];
  for (const [index, { type, bdf, msixAddress, msixRegionSize }] of config.pciDevices.entries()) {
    if (type === pciTypes.ivshmem || msixAddress === 0n || takersOfDevice(scene, bdf).length > 0) continue;
    windows.push({ start: msixAddress, size: BigInt(msixRegionSize), what: "msix", index });
  }
  for (const [index, region] of config.memoryRegions.entries()) {
    if (isSubPage(region))
      windows.push({ start: region.virtStart, size: region.size, what: "region", index });
  }
  return [...windows, ...linkWindows(cell)];
}

function controllerWindows(scene: CellScene): readonly Window[] {
  const { cell, system } = scene;
  if (isX86(scene)) {
    return cell.config.irqchips.map(({ address }, index) => ({
      start: address,
      size: pageSize,
      what: "ioapic",
      index,
    }));
  }
  const { gicdBase, gicrBase, gicVersion } = system.arm;
  const size = distributorSizes[gicVersion === 2 ? 2 : 3];
  const distributor: Window = { start: gicdBase, size, what: "distributor", index: 0 };
  if (gicVersion === 2) return [distributor];
  const each = redistributorSizes[gicVersion === 4 ? 4 : 3];
  const count = BigInt(countOfCpus(system.rootCell.cpuSet));
  return [distributor, { start: gicrBase, size: each * count, what: "redistributor", index: 0 }];
}

/** One for each CPU, one after the other. */
function countOfCpus(set: Uint8Array): number {
  let count = 0;
  for (const byte of set) for (let bits = byte; bits > 0; bits >>= 1) count += bits & 1;
  return count;
}

function configWindow({ system }: CellScene): readonly Window[] {
  const { pciMmconfigBase, pciMmconfigEndBus } = system;
  if (pciMmconfigBase === 0n) return [];
  const size = BigInt(pciMmconfigEndBus + 1) * configSpaceOfBus;
  return [{ start: pciMmconfigBase, size, what: "config-space", index: 0 }];
}

function linkWindows({ windows, config }: CellInPlay): readonly Window[] {
  return windows.flatMap(({ device, registers, vectors }): readonly Window[] => {
    const size = BigInt(-config.pciDevices[device]!.barMask[0]! >>> 0);
    return [
      { start: registers, size, what: "registers", index: device },
      { start: vectors, size: vectorWindow, what: "vectors", index: device },
    ];
  });
}

export function touches({ start, size }: Window, address: bigint, bytes: bigint): boolean {
  return address < start + size && start < address + bytes;
}

export function holds({ start, size }: Window, address: bigint, bytes: bigint): boolean {
  return start <= address && address + bytes <= start + size;
}
