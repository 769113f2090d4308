import { capabilityRange } from "../../check/facts/capabilities.js";
import { type CheckedConfig, isIvshmem } from "../../check/facts/checked-config.js";
import { hasFlag } from "../../ir/names.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import type { DeniedAccess } from "../log/statement.js";

export const writable = "JAILHOUSE_PCICAPS_WRITE";

/** Capabilities begin behind the header. */
export const headerSize = 0x40;

type ConfigAccess = DeniedAccess & { readonly kind: "pci-config" };

export interface ConfigVerdict {
  /** The first entry with the address: the hypervisor looks at no other (hypervisor/pci.c:150). */
  readonly device: PciDevice | undefined;
  /** The entry that has the register. */
  readonly capability: PciCapability | undefined;
  readonly isGranted: boolean;
}

/** What the hypervisor makes of an access to configuration space (hypervisor/pci.c:200-345). */
export function configAccess(
  { direction, bdf, register, size }: ConfigAccess,
  cell: CheckedConfig,
): ConfigVerdict {
  const device = cell.cell.pciDevices.find((each) => each.bdf === bdf);
  const capability =
    device === undefined || register < headerSize || isIvshmem(device)
      ? undefined
      : capabilityAt(register, device, cell);
  const isRead = direction === "read" && size <= 4;
  const isWrite =
    device !== undefined &&
    size <= 4 &&
    (register < headerSize
      ? isHeaderWrite(register, size)
      : capability !== undefined &&
        (hasFlag(capability.flags, writable) || isEmulated(register, capability)));
  return { device, capability, isGranted: isRead || isWrite };
}

function capabilityAt(register: number, device: PciDevice, cell: CheckedConfig): PciCapability | undefined {
  const { first, end } = capabilityRange(device, cell);
  return cell.cell.pciCapabilities
    .slice(first, end)
    .find(({ start, len }) => start <= register && register < start + len);
}

/** Command and status, the line of cache and latency registers, base addresses, the ROM, and the interrupt line. */
export function isHeaderWrite(register: number, size: number): boolean {
  if (size > 4) return false;
  if (register === 0x3c) return size === 1;
  return (
    (register >= 0x04 && register < 0x08) ||
    (register >= 0x0c && register < 0x28) ||
    (register >= 0x30 && register < 0x34)
  );
}

const msi = 0x05;

/** Address and data of MSI: the hypervisor keeps them. */
function isEmulated(register: number, { id, extended, start }: PciCapability): boolean {
  return !extended && id === msi && register >= start + 4 && register < start + 10;
}
