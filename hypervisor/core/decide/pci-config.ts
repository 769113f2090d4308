import { capabilityWrite, type PciDevice, pciTypes } from "../config/cell-config.js";
import { verdictOnHeader } from "../pci/header-writes.js";
import type { ConfigSpaceAccess } from "./access.js";
import type { DecidingEntry, Decision } from "./decision.js";
import { decision } from "./describe.js";
import { type CellScene, deviceIndex, entryOf, holdersOfDevice, takersOfDevice } from "./scene.js";

const headerSize = 0x40;
const bars = { start: 0x10, end: 0x28 } as const;
/** A device of shared memory has so many bytes of configuration space. */
const linkSpace = 0x80;
const largestAccess = 4;

/**
 * What becomes of an access to a configuration space (hypervisor/pci.c:197-350): the first entry for the device counts, and of
 * its capabilities the first one that has the first byte.
 */
export function decideConfigSpace(access: ConfigSpaceAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { bdf, direction, size } = access;
  if (size > largestAccess) {
    return decision("denied", access, [], [], "accesses of more than 4 bytes are let through for no cell");
  }
  const refusal = direction === "read" ? "dropped" : "denied";
  const index = deviceIndex(cell, bdf);
  if (index === null) {
    const absent = entryOf(cell, "pci_devices", null, "absent");
    return decision(refusal, access, [absent], holdersOfDevice(scene, bdf));
  }
  const takers = takersOfDevice(scene, bdf);
  if (takers.length > 0) {
    return decision(refusal, access, [entryOf(cell, "pci_devices", index, "lost"), ...takers]);
  }
  return direction === "read" ? decision("granted", access, []) : decideWrite(access, index, scene);
}

function decideWrite(access: ConfigSpaceAccess, index: number, scene: CellScene): Decision {
  const { cell } = scene;
  const { register, size } = access;
  const device = cell.config.pciDevices[index]!;
  const has = entryOf(cell, "pci_devices", index, "has");
  const isLink = device.type === pciTypes.ivshmem;
  if (device.type !== pciTypes.bridge && register >= bars.start && register < bars.end) {
    return decideBar(access, index, device, scene);
  }
  if (register < headerSize) {
    const mask = ((2 ** (8 * size) - 1) << (8 * (register % 4))) >>> 0;
    const verdict = verdictOnHeader(device.type === pciTypes.bridge, register >> 2, mask);
    if (verdict === "pass") return decision("granted", access, []);
    return decision(
      verdict === "done" ? "dropped" : "denied",
      access,
      [],
      [has],
      "this part of the header is let through for no cell",
    );
  }
  if (isLink) {
    if (register < linkSpace) return decision("granted", access, []);
    return decision("denied", access, [], [has], "a device of shared memory has no such register");
  }
  return decideCapability(access, index, device, scene);
}

/** Bits beyond the mask stay as they are. */
function decideBar(
  access: ConfigSpaceAccess,
  index: number,
  { barMask }: PciDevice,
  { cell }: CellScene,
): Decision {
  const { register, size, value } = access;
  const bar = (register - bars.start) >> 2;
  const shift = 8 * (register % 4);
  const covered = ((2 ** (8 * size) - 1) << shift) >>> 0;
  const written = ((value ?? 0) << shift) & covered;
  if ((written & ~barMask[bar]!) === 0) return decision("granted", access, []);
  return decision("dropped", access, [entryOf(cell, "pci_devices", index, "lacks", [`bar_mask[${bar}]`])]);
}

function decideCapability(
  access: ConfigSpaceAccess,
  index: number,
  { capsStart, numCaps }: PciDevice,
  { cell }: CellScene,
): Decision {
  const { register } = access;
  const { pciCapabilities } = cell.config;
  const own = pciCapabilities.slice(capsStart, capsStart + numCaps);
  const device = entryOf(cell, "pci_devices", index, "has");
  const found = own.findIndex(({ start, len }) => start <= register && register < start + len);
  if (found === -1) {
    const near = nearestCapability(
      register,
      own.map(({ start }) => start),
    );
    const shown: readonly DecidingEntry[] =
      near === null ? [] : [entryOf(cell, "pci_caps", capsStart + near, "below")];
    return decision("denied", access, [entryOf(cell, "pci_caps", null, "absent")], [device, ...shown]);
  }
  const capability = capsStart + found;
  if ((own[found]!.flags & capabilityWrite) === 0) {
    const lacks = entryOf(cell, "pci_caps", capability, "lacks", ["JAILHOUSE_PCICAPS_WRITE"]);
    return decision("denied", access, [lacks], [device]);
  }
  return decision("granted", access, [], [entryOf(cell, "pci_caps", capability, "has"), device]);
}

/** Index of the last one that starts at or below the register; null without one. */
function nearestCapability(register: number, starts: readonly number[]): number | null {
  let best: number | null = null;
  for (const [index, start] of starts.entries()) {
    if (start <= register && (best === null || start >= starts[best]!)) best = index;
  }
  return best;
}
