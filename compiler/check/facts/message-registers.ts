import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { capabilityId, capabilityUsers, readsCapabilities } from "./capabilities.js";
import { type CheckedConfig, isIvshmem } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { statedPlatform } from "./platform.js";

const wordSize = 4;
const headerSize = 0x40;
const spaceSize = 0x1000;
const functionsOfBus = 256;

/** Where the hypervisor's own accesses to registers of MSI or MSI-X end up, when not in the device's capabilities. */
export type Misplaced =
  /** In the header of the device, or with another one. */
  | "elsewhere"
  /** Behind the last configuration space, where nothing need be mapped. */
  | "unmapped";

/**
 * Capabilities of MSI and MSI-X, whose registers the hypervisor saves, clears and sets at the place that the config says, without a
 * look at it (hypervisor/pci.c:459-571).
 */
export function misplacedMessages(
  config: CheckedConfig,
  set: CheckedSet,
): ReadonlyMap<PciCapability, Misplaced> {
  const misplaced = new Map<PciCapability, Misplaced>();
  const platform = statedPlatform(set)?.platform;
  const hasWindow = platform !== undefined && platform.pciMmconfigBase !== 0n && platform.pciIsVirtual === 0;
  // Processors of ARM have no other way to configuration spaces: nothing is read or written.
  if (!hasWindow && config.isArm) return misplaced;
  const spaces = hasWindow ? (platform.pciMmconfigEndBus + 1) * functionsOfBus : 0;
  for (const [place, device] of capabilityUsers(config).entries()) {
    const capability = config.cell.pciCapabilities[place]!;
    if (device === undefined || !readsCapabilities(device, config)) continue;
    const words = wordsOf(capability, device);
    if (words.every((address) => address >= headerSize && address + wordSize <= spaceSize)) continue;
    const end = spaceSize * (spaces - device.bdf);
    const isUnmapped = !isIvshmem(device) && end > 0 && words.some((address) => address >= end);
    misplaced.set(capability, isUnmapped ? "unmapped" : "elsewhere");
  }
  return misplaced;
}

/** Addresses of the words from the start of the device's configuration space; they are of 16 bits. */
function wordsOf({ extended, id, start }: PciCapability, { msi64bits }: PciDevice): readonly number[] {
  const address = (word: number): number => (start + wordSize * word) & 0xffff;
  if (extended) return [];
  if (id === capabilityId.msix) return [address(0)];
  return id === capabilityId.msi
    ? Array.from({ length: msi64bits > 0 ? 4 : 3 }, (_, word) => address(word))
    : [];
}
