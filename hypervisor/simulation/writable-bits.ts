import {
  capabilityWrite,
  extendedCapability,
  type PciCapability,
  type PciDevice,
  pciTypes,
} from "../core/config/cell-config.js";
import { capabilityIds } from "../core/pci/pci-function.js";
import { PciConfigSpace } from "../machine/pci-bus.js";

/** Places and bits of the header that functions let be written (PCI local bus specification 3.0, 6.1 and 6.2). */
const ofEveryFunction = [
  { place: 0x04, size: 2, bits: 0x0547 },
  { place: 0x0c, size: 2, bits: 0xffff },
  { place: 0x3c, size: 1, bits: 0xff },
] as const;
/** Bus numbers, windows and control (PCI-to-PCI bridge architecture specification 1.2, 3.2). */
const ofBridges = [
  { place: 0x18, size: 4, bits: 0xffff_ffff },
  { place: 0x1c, size: 2, bits: 0xf0f0 },
  { place: 0x20, size: 4, bits: 0xfff0_fff0 },
  { place: 0x24, size: 4, bits: 0xfff0_fff0 },
  { place: 0x28, size: 4, bits: 0xffff_ffff },
  { place: 0x2c, size: 4, bits: 0xffff_ffff },
  { place: 0x30, size: 4, bits: 0xffff_ffff },
  { place: 0x3e, size: 2, bits: 0xffff },
] as const;
const firstBar = 0x10;
const barsOfBridge = 2;
const msiControlBits = 0x0071;
const msixControlBits = 0xc000;

/**
 * The bits of a function's configuration space that take what is written, as hardware has them. Of capabilities that the
 * config lets be written, other than MSI and MSI-X, all but their headers are.
 */
export function writableBits(device: PciDevice, capabilities: readonly PciCapability[]): Uint8Array {
  const mask = new PciConfigSpace();
  const isBridge = device.type === pciTypes.bridge;
  for (const { place, size, bits } of ofEveryFunction) mask.write(place, size, bits);
  for (const { place, size, bits } of isBridge ? ofBridges : []) mask.write(place, size, bits);
  for (const [index, bits] of device.barMask.entries()) {
    if (!isBridge || index < barsOfBridge) mask.write(firstBar + 4 * index, 4, bits);
  }
  for (const capability of capabilities) allowCapability(mask, device, capability);
  return mask.bytes;
}

function allowCapability(
  mask: PciConfigSpace,
  device: PciDevice,
  { id, start, len, flags }: PciCapability,
): void {
  if (id === capabilityIds.msi) {
    allowMsi(mask, device, start);
  } else if (id === capabilityIds.msix) {
    mask.write(start + 2, 2, msixControlBits);
  } else if ((flags & capabilityWrite) !== 0) {
    const headerSize = (id & extendedCapability) !== 0 ? 4 : 2;
    mask.bytes.fill(0xff, start + headerSize, start + Math.max(headerSize, len));
  }
}

function allowMsi(mask: PciConfigSpace, { msi64Bits, msiMaskable }: PciDevice, start: number): void {
  const data = start + (msi64Bits ? 12 : 8);
  mask.write(start + 2, 2, msiControlBits);
  mask.write(start + 4, 4, 0xffff_fffc);
  if (msi64Bits) mask.write(start + 8, 4, 0xffff_ffff);
  mask.write(data, 2, 0xffff);
  if (msiMaskable) mask.write(data + 4, 4, 0xffff_ffff);
}
