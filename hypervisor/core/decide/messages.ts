import type { MessageAccess, MsixAccess } from "./access.js";
import type { Decision } from "./decision.js";
import { decision } from "./describe.js";
import { type CellScene, deviceIndex, entryOf, isX86 } from "./scene.js";

const wordSize = 4;
const vectorSize = 16;
/** Of shared memory: behind its table of vectors stands what is pending. */
const linkTableSize = 0x100;

/** Words of the table; vectors that the config does not count, and what is pending, are only to be read (hypervisor/pci.c:371-411). */
export function decideMsix(access: MsixAccess, index: number, scene: CellScene): Decision {
  const { offset, direction } = access;
  if (offset % wordSize !== 0) return unaligned(access);
  const { numMsixVectors } = scene.cell.config.pciDevices[index]!;
  if (direction === "read" || Math.floor(offset / vectorSize) < numMsixVectors)
    return decision("granted", access, []);
  return decision("denied", access, [
    entryOf(scene.cell, "pci_devices", index, "lacks", ["num_msix_vectors"]),
  ]);
}

/** The same of a device of shared memory, whose vectors are not to be read, either (hypervisor/ivshmem.c:246-281). */
export function decideVectorTable(access: MsixAccess, index: number, scene: CellScene): Decision {
  const { offset, direction } = access;
  if (offset % wordSize !== 0) return unaligned(access);
  const { numMsixVectors } = scene.cell.config.pciDevices[index]!;
  const isTable = offset < linkTableSize;
  if (isTable ? Math.floor(offset / vectorSize) < numMsixVectors : direction === "read") {
    return decision("granted", access, []);
  }
  if (!isTable) return decision("denied", access, [], [], "what is pending can be written by no cell");
  return decision("denied", access, [
    entryOf(scene.cell, "pci_devices", index, "lacks", ["num_msix_vectors"]),
  ]);
}

function unaligned(access: MsixAccess): Decision {
  return decision("denied", access, [], [], "the table is accessed by whole words of 32 bits");
}

/** An interrupt that the cell may not set up (hypervisor/arch/x86/vtd.c:575-860, hypervisor/arch/x86/ivshmem.c). */
export function decideMessage(access: MessageAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { source, cause } = access;
  const device = deviceIndex(cell, source);
  const chip = cell.config.irqchips.findIndex(({ id }) => isX86(scene) && (id & 0xffff) === source);
  switch (cause) {
    case "vector":
      if (device !== null) {
        const lacks = ["num_msi_vectors", "num_msix_vectors"];
        return decision("denied", access, [entryOf(cell, "pci_devices", device, "lacks", lacks)]);
      }
      return decision("denied", access, [entryOf(cell, "irqchips", chip === -1 ? null : chip, "absent")]);
    case "target": {
      const near =
        device !== null
          ? [entryOf(cell, "pci_devices", device, "has")]
          : chip === -1
            ? []
            : [entryOf(cell, "irqchips", chip, "has")];
      return decision("denied", access, [entryOf(cell, "cpus", null, "absent")], near);
    }
    case "mode":
      return decision("denied", access, [], [], "devices of cells send plain interrupts only");
  }
}
