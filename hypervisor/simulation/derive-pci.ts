import {
  type CellConfig,
  extendedCapability,
  type PciCapability,
  type PciDevice,
  pciTypes,
  type SystemConfig,
} from "../core/config/cell-config.js";
import { capabilityIds } from "../core/pci/pci-function.js";
import { ConfigSpaceInMemory, configSpaceOfBus, PciBus, PciConfigSpace } from "../machine/pci-bus.js";
import { PciPorts, pciPorts } from "../machine/pci-ports.js";
import type { PhysicalMemory } from "../machine/physical-memory.js";
import type { PortSpace } from "../machine/port-space.js";
import { writableBits } from "./writable-bits.js";

const vendor = 0x8086;
const firstDevice = 0x1000;
const places = { vendor: 0x00, device: 0x02, status: 0x06, headerType: 0x0e, capabilities: 0x34 } as const;
const hasCapabilities = 0x10;
const bridgeHeader = 1;
const extendedVersion = 1;
const mostVectorBits = 7;
/** A space has no room for more, of at least four bytes each. */
const mostCapabilities = 1024;

/** The physical devices that configs speak of, each function as it is after a reset. Devices of later cells come last. */
export function derivePciBus(configs: readonly Pick<CellConfig, "pciDevices" | "pciCapabilities">[]): PciBus {
  const bus = new PciBus();
  for (const { pciDevices, pciCapabilities } of configs) {
    for (const device of pciDevices) {
      if (device.type === pciTypes.ivshmem || bus.at(device.bdf) !== null) continue;
      const { capsStart, numCaps } = device;
      const count = Math.min(numCaps, mostCapabilities);
      const capabilities = pciCapabilities.slice(capsStart, capsStart + count);
      bus.add(device.bdf, spaceOf(device, capabilities, firstDevice + bus.size));
    }
  }
  return bus;
}

function spaceOf(device: PciDevice, capabilities: readonly PciCapability[], id: number): PciConfigSpace {
  const space = new PciConfigSpace();
  space.write(places.vendor, 2, vendor);
  space.write(places.device, 2, id);
  if (device.type === pciTypes.bridge) space.write(places.headerType, 1, bridgeHeader);
  addCapabilities(
    space,
    device,
    capabilities.filter((each) => (each.id & extendedCapability) === 0),
  );
  addExtended(
    space,
    capabilities.filter((each) => (each.id & extendedCapability) !== 0),
  );
  space.writable.set(writableBits(device, capabilities));
  return space;
}

/** A chain in the order of the config, with the control words of MSI and MSI-X. */
function addCapabilities(
  space: PciConfigSpace,
  device: PciDevice,
  capabilities: readonly PciCapability[],
): void {
  if (capabilities.length === 0) return;
  space.write(places.status, 2, hasCapabilities);
  space.write(places.capabilities, 1, capabilities[0]!.start);
  for (const [index, { id, start }] of capabilities.entries()) {
    space.write(start, 1, id);
    space.write(start + 1, 1, capabilities[index + 1]?.start ?? 0);
    if (id === capabilityIds.msi) space.write(start + 2, 2, msiControl(device));
    if (id === capabilityIds.msix) space.write(start + 2, 2, Math.max(0, device.numMsixVectors - 1) & 0x7ff);
  }
}

/** Disabled; it can have as many vectors as the config says, as a power of two. */
function msiControl({ numMsiVectors, msi64Bits, msiMaskable }: PciDevice): number {
  const bits = numMsiVectors <= 1 ? 0 : Math.min(mostVectorBits, Math.ceil(Math.log2(numMsiVectors)));
  return (bits << 1) | (msi64Bits ? 0x80 : 0) | (msiMaskable ? 0x100 : 0);
}

function addExtended(space: PciConfigSpace, capabilities: readonly PciCapability[]): void {
  for (const [index, { id, start }] of capabilities.entries()) {
    const next = capabilities[index + 1]?.start ?? 0;
    space.write(start, 4, (id & 0x7fff) | (extendedVersion << 16) | (next << 20));
  }
}

/** Shows configuration spaces where the system config says that they are in memory. */
export function showConfigSpaces(
  { pciMmconfigBase, pciMmconfigEndBus, pciIsVirtual }: SystemConfig,
  bus: PciBus,
  memory: PhysicalMemory,
): void {
  if (pciMmconfigBase === 0n || pciIsVirtual) return;
  const start = Number(pciMmconfigBase & ~0xfffn);
  memory.addDevice(start, (pciMmconfigEndBus + 1) * configSpaceOfBus, new ConfigSpaceInMemory(bus));
}

export function addPciPorts(bus: PciBus, ports: PortSpace): void {
  ports.add(pciPorts.address, 8, new PciPorts(bus));
}
