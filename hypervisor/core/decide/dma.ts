import { isSubPage, type MemoryRegion, memory } from "../config/cell-config.js";
import type { DmaAccess } from "./access.js";
import type { Decision } from "./decision.js";
import { decision } from "./describe.js";
import { takersOfPage } from "./lost-memory.js";
import { type CellScene, deviceIndex, entryOf, holdersOfDevice, takersOfDevice } from "./scene.js";

const addressBits = 48;
const names = { read: "JAILHOUSE_MEM_READ", write: "JAILHOUSE_MEM_WRITE", dma: "JAILHOUSE_MEM_DMA" } as const;

/**
 * Memory as a device reaches it: that of its cell with the right for it. AMD's processor and IOMMU share tables, so that the
 * last region at a place decides; on Intel it is the last one that is open to devices (hypervisor/arch/x86/vtd.c:750-790,
 * amd_iommu.c:210-240).
 */
export function decideDma(access: DmaAccess, scene: CellScene): Decision {
  const { cell } = scene;
  // Without any unit, devices of AMD reach everything (hypervisor/arch/x86/amd_iommu.c:518).
  if (scene.processor === "amd" && !hasUnit(scene)) return decision("granted", access, []);
  const { bdf, direction } = access;
  const index = deviceIndex(cell, bdf);
  if (index === null) {
    const absent = entryOf(cell, "pci_devices", null, "absent");
    return decision("denied", access, [absent], holdersOfDevice(scene, bdf));
  }
  const takers = takersOfDevice(scene, bdf);
  if (takers.length > 0) {
    return decision("denied", access, [entryOf(cell, "pci_devices", index, "lost"), ...takers]);
  }
  const device = entryOf(cell, "pci_devices", index, "has");
  const found = regionAt(BigInt(access.address), scene);
  if (found === null) {
    return decision("denied", access, [entryOf(cell, "mem_regions", null, "absent")], [device]);
  }
  const { flags } = found.region;
  const needed = [
    ...((flags & memory.dma) === 0n ? [names.dma] : []),
    ...((flags & memory[direction]) === 0n ? [names[direction]] : []),
    ...(scene.processor === "amd" && (flags & memory.read) === 0n && direction === "write"
      ? [names.read]
      : []),
  ];
  if (needed.length > 0) {
    return decision("denied", access, [entryOf(cell, "mem_regions", found.index, "lacks", needed)], [device]);
  }
  // On Intel, only memory that is open to the devices of its new cell is closed to those of the root cell.
  const lostTo = takersOfPage(
    BigInt(access.address),
    scene,
    (region) => scene.processor !== "intel" || (region.flags & memory.dma) !== 0n,
  );
  if (lostTo.length === 0) return decision("granted", access, []);
  const lost = entryOf(cell, "mem_regions", found.index, "lost");
  return decision("denied", access, [lost, ...lostTo], [device]);
}

/** The first one without an address ends the list. */
function hasUnit({ system }: CellScene): boolean {
  return (system.iommuUnits[0]?.base ?? 0n) !== 0n;
}

function regionAt(
  address: bigint,
  { cell, processor }: CellScene,
): { readonly region: MemoryRegion; readonly index: number } | null {
  const covering = cell.config.memoryRegions.flatMap((region, index) => {
    const distance = BigInt.asUintN(addressBits, address - region.virtStart);
    return !isSubPage(region) && distance < region.size ? [{ region, index }] : [];
  });
  const open =
    processor === "intel" ? covering.filter(({ region }) => (region.flags & memory.dma) !== 0n) : [];
  return open.at(-1) ?? covering.at(-1) ?? null;
}
