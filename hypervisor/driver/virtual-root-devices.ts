import { type PciDevice, pciTypes, type SystemConfig } from "../core/config/cell-config.js";
import { linuxName } from "./claimed-devices.js";
import type { KernelSettings } from "./kernel.js";
import type { KernelLog } from "./kernel-log.js";

const vendorAndDevice = "110a:4106";
/** Base class of a device of no defined class. */
const undefinedClass = 0xff_0000;

/**
 * Lets Linux find the root cell's devices of shared memory, after the hypervisor is there (driver/pci.c:497-508): it prints
 * what it finds and where it puts the registers.
 */
export function addVirtualDevices(
  { pciIsVirtual, rootCell }: SystemConfig,
  kernel: KernelSettings,
  log: KernelLog,
): void {
  if (pciIsVirtual) {
    // What a host that is added prints depends on the device tree.
    if (kernel.hasDeviceTreeOverlays) return;
    log.add("jailhouse: CONFIG_OF_OVERLAY disabled");
    log.add("jailhouse: failed to add virtual host controller");
    return;
  }
  let next = kernel.pciWindow;
  for (const device of rootCell.pciDevices) {
    // Bridges of a machine's only domain lead to all its buses.
    if (device.type === pciTypes.ivshmem && device.domain === 0) next = announce(device, next, log);
  }
}

/** @returns the first address behind its registers */
function announce(device: PciDevice, start: number, log: KernelLog): number {
  const name = `pci ${linuxName(device.domain, device.bdf)}`;
  const deviceClass = (undefinedClass | device.shmemProtocol).toString(16);
  log.add(`${name}: [${vendorAndDevice}] type 00 class 0x${deviceClass}`);
  const bars = device.barMask
    .map((mask, index) => ({ index, size: (~mask >>> 0) + 1 }))
    .filter(({ size }) => size < 2 ** 32);
  for (const { index, size } of bars) log.add(`${name}: BAR ${index} ${range(0, size)}`);
  let next = start;
  for (const { index, size } of bars) {
    const address = Math.ceil(next / size) * size;
    log.add(`${name}: BAR ${index} ${range(address, size)}: assigned`);
    next = address + size;
  }
  return next;
}

function range(start: number, size: number): string {
  const hex = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`;
  return `[mem ${hex(start)}-${hex(start + size - 1)}]`;
}
