import type { PciDevice } from "../../ir/pci.js";

/**
 * The entry that the hypervisor finds for an address: the first one. The domain is not looked at
 * (hypervisor/pci.c:153-167).
 */
export function devicesByAddress(devices: readonly PciDevice[]): ReadonlyMap<number, PciDevice> {
  const byAddress = new Map<number, PciDevice>();
  for (const device of devices) if (!byAddress.has(device.bdf)) byAddress.set(device.bdf, device);
  return byAddress;
}

/** Domain, bus and device, without the function. */
export function slotOf({ domain, bdf }: PciDevice): number {
  return domain * 0x2000 + (bdf >> 3);
}

export function isBridge({ type }: PciDevice): boolean {
  return type === "JAILHOUSE_PCI_TYPE_BRIDGE";
}

/** How many remapped interrupts VT-d reserves for a device (hypervisor/arch/x86/vtd.c:653-654). */
export function interruptsOf({ numMsiVectors, numMsixVectors }: PciDevice): number {
  return Math.max(numMsiVectors, numMsixVectors);
}

/** An element of the table that was not filled in; shared-memory devices have a type. */
export function isNoDevice({ type, domain, bdf, barMask, numCaps }: PciDevice): boolean {
  return type === 0 && domain === 0 && bdf === 0 && numCaps === 0 && barMask.every((mask) => mask === 0);
}
