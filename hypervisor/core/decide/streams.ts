import { iommuTypes, isSubPage, memory } from "../config/cell-config.js";
import type { StreamAccess } from "./access.js";
import type { Decision } from "./decision.js";
import { decision } from "./describe.js";
import { takersOfPage } from "./lost-memory.js";
import { type CellInPlay, type CellScene, entryOf, indicesOf, type Scene, takersOf } from "./scene.js";

const names = { read: "JAILHOUSE_MEM_READ", write: "JAILHOUSE_MEM_WRITE", dma: "JAILHOUSE_MEM_DMA" } as const;
/** Ids and masks of an MMU-500 have so many bits. */
const idBits = 0x7fff;

/**
 * Memory as a device of ARM64 reaches it: a stream has the memory of the cell that lists it. A PVU has those regions that are
 * open to devices, other units share the tables of the processor (hypervisor/arch/arm64/smmu.c, smmu-v3.c, ti-pvu.c).
 */
export function decideStream(access: StreamAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { stream, direction } = access;
  const listed = indexOfStream(stream, cell, scene);
  if (listed === null) {
    const near = scene.cells
      .filter((each) => each !== cell)
      .flatMap((other) => {
        const index = indexOfStream(stream, other, scene);
        return index === null ? [] : [entryOf(other, "stream_ids", index, "has")];
      });
    return decision("denied", access, [entryOf(cell, "stream_ids", null, "absent")], near);
  }
  const isMeant = ({ word }: { readonly word: number }): boolean => isOfWord(stream, word, scene);
  const takers = takersOf(scene, "stream_ids", {
    takes: ({ step, config }) => (step === "created" ? indicesOf(config.streamIds, isMeant) : []),
    returns: ({ step, config }) => step === "destroyed" && config.streamIds.some(isMeant),
  });
  const own = entryOf(cell, "stream_ids", listed, takers.length > 0 ? "lost" : "has");
  if (takers.length > 0) return decision("denied", access, [own, ...takers]);
  const address = BigInt(access.address);
  const index = cell.config.memoryRegions.findLastIndex(
    (region) => !isSubPage(region) && region.virtStart <= address && address < region.virtStart + region.size,
  );
  if (index === -1) return decision("denied", access, [entryOf(cell, "mem_regions", null, "absent")], [own]);
  const { flags } = cell.config.memoryRegions[index]!;
  const missing = [
    ...(kindOf(scene) === iommuTypes.pvu && (flags & memory.dma) === 0n ? [names.dma] : []),
    ...((flags & memory[direction]) === 0n ? [names[direction]] : []),
  ];
  if (missing.length > 0) {
    return decision("denied", access, [entryOf(cell, "mem_regions", index, "lacks", missing)], [own]);
  }
  const taken = takersOfPage(address, scene);
  if (taken.length === 0) return decision("granted", access, []);
  return decision("denied", access, [entryOf(cell, "mem_regions", index, "lost"), ...taken], [own]);
}

/** The first unit of the kind that decides: an MMU-500 before an SMMU of version 3, that before a PVU. */
function kindOf({ system }: Scene): number | null {
  const end = system.iommuUnits.findIndex(({ base }) => base === 0n);
  const units = end === -1 ? system.iommuUnits : system.iommuUnits.slice(0, end);
  const kinds = [iommuTypes.mmu500, iommuTypes.smmuV3, iommuTypes.pvu];
  return kinds.find((kind) => units.some(({ type }) => type === kind)) ?? null;
}

function indexOfStream(stream: number, { config }: CellInPlay, scene: Scene): number | null {
  const index = config.streamIds.findIndex(({ word }) => isOfWord(stream, word, scene));
  return index === -1 ? null : index;
}

function isOfWord(stream: number, word: number, scene: Scene): boolean {
  if (kindOf(scene) !== iommuTypes.mmu500) return stream === word;
  return ((stream ^ word) & ~(word >>> 16) & idBits) === 0;
}
