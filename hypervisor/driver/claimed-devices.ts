import { type PciDevice, pciTypes } from "../core/config/cell-config.js";
import type { Machine } from "../machine/machine.js";
import type { KernelLog } from "./kernel-log.js";

/** `0000:01:0e.0`, as Linux names a device. */
export function linuxName(domain: number, bdf: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  return `${hex(domain, 4)}:${hex(bdf >> 8, 2)}:${hex((bdf >> 3) & 0x1f, 2)}.${bdf & 7}`;
}

/**
 * PCI devices of Linux that the driver has taken from their drivers, so that Linux leaves them alone while cells have them
 * (driver/pci.c:117-186). They stay without a driver when they are given back.
 */
export class ClaimedDevices {
  private readonly claimed = new Set<number>();

  constructor(
    private readonly machine: Machine,
    private readonly log: KernelLog,
  ) {}

  /** Devices that are not there are left out, and those that were not given back after a creation that failed. */
  claim(devices: readonly PciDevice[]): void {
    for (const { type, domain, bdf } of devices) {
      if (type !== pciTypes.device || !this.isThere(domain, bdf) || this.claimed.has(bdf)) continue;
      this.claimed.add(bdf);
      this.log.add(`jailhouse-pci-stub ${linuxName(domain, bdf)}: claimed for use in non-root cell`);
    }
  }

  release(devices: readonly PciDevice[]): void {
    for (const { type, bdf } of devices) if (type === pciTypes.device) this.claimed.delete(bdf);
  }

  /** Machines have one domain here. */
  private isThere(domain: number, bdf: number): boolean {
    return domain === 0 && this.machine.pci.at(bdf) !== null;
  }
}
