import { isSubPage, type MemoryRegion, memory } from "../config/cell-config.js";
import type { MemoryAccess } from "./access.js";
import type { DecidingEntry, Decision } from "./decision.js";
import { decision } from "./describe.js";
import { takersOfPage } from "./lost-memory.js";
import { type CellInPlay, type CellScene, entryOf, isX86, type Scene } from "./scene.js";
import { decideWindow } from "./trapped.js";
import { holds, touches, windowsOf } from "./windows.js";

/** Names of the rights that a region can have. */
const rights = {
  read: { flag: memory.read, name: "JAILHOUSE_MEM_READ" },
  write: { flag: memory.write, name: "JAILHOUSE_MEM_WRITE" },
  execute: { flag: memory.execute, name: "JAILHOUSE_MEM_EXECUTE" },
} as const;

/**
 * What an access of a CPU to memory comes to. Of regions that lie over each other, the last one is mapped, page by page; what
 * is not mapped with the right that is needed is trapped, and a window answers or none (hypervisor/control.c:303-402,
 * hypervisor/mmio.c:118-251).
 *
 * An access that runs over the end of a page is made in parts: this is one of a single page.
 */
export function decideMemory(access: MemoryAccess, scene: CellScene): Decision {
  const address = BigInt(access.address);
  const covering = regionsAt(address, scene.cell, scene);
  const last = covering.at(-1);
  const missing = last === undefined ? [] : missingRights(last.region, access, scene);
  if (last !== undefined && (missing.length === 0 || isUnusable(last.region, scene))) {
    const takers = missing.length === 0 ? takersOfPage(address, scene) : [];
    if (missing.length > 0) {
      return decision("denied", access, [entryOf(scene.cell, "mem_regions", last.index, "lacks", missing)]);
    }
    if (takers.length === 0) return decision("granted", access, []);
    const lost = entryOf(scene.cell, "mem_regions", last.index, "lost");
    return decideTrapped(access, scene) ?? decision("denied", access, [lost, ...takers]);
  }
  if (last === undefined && isOfApic(access, scene)) return decision("granted", access, []);
  const trapped = decideTrapped(access, scene);
  if (trapped !== null) return trapped;
  if (last === undefined) return decideUnmapped(access, scene);
  const hidden = covering
    .slice(0, -1)
    .filter(({ region }) => missingRights(region, access, scene).length === 0)
    .map(({ index }) => entryOf(scene.cell, "mem_regions", index, "hidden"));
  return decision(
    "denied",
    access,
    [entryOf(scene.cell, "mem_regions", last.index, "lacks", missing)],
    hidden,
  );
}

const apicPage = 0xfee00;

/** Every cell of x86 has the page of the local APIC, unless it has memory there. */
function isOfApic({ address, direction }: MemoryAccess, scene: Scene): boolean {
  return isX86(scene) && direction !== "execute" && Math.floor(address / 0x1000) === apicPage;
}

interface Covering {
  readonly region: MemoryRegion;
  readonly index: number;
}

/** Regions that are mapped at an address, in the order of their table. Addresses have as many bits as tables have. */
function regionsAt(address: bigint, { config }: CellInPlay, scene: Scene): readonly Covering[] {
  const bits = scene.processor === "arm" ? 32 : isX86(scene) ? 48 : 64;
  return config.memoryRegions.flatMap((region, index) => {
    if (isSubPage(region)) return [];
    const distance = BigInt.asUintN(bits, address - region.virtStart);
    return distance < region.size ? [{ region, index }] : [];
  });
}

/** Processors of ARM do not ask whether memory may be executed, and let a cell write what it may not read. */
function missingRights(
  { flags }: MemoryRegion,
  { direction }: MemoryAccess,
  scene: Scene,
): readonly string[] {
  const { read, write, execute } = rights;
  const needed = isX86(scene)
    ? [read, ...(direction === "write" ? [write] : []), ...(direction === "execute" ? [execute] : [])]
    : [direction === "write" ? write : read];
  return needed.filter(({ flag }) => (flags & flag) === 0n).map(({ name }) => name);
}

/** Intel refuses entries that can be written and not read before it looks for windows. */
function isUnusable({ flags }: MemoryRegion, { processor }: Scene): boolean {
  return processor === "intel" && (flags & memory.read) === 0n && (flags & memory.write) !== 0n;
}

/** Null where no window has all bytes of the access. */
function decideTrapped(access: MemoryAccess, scene: CellScene): Decision | null {
  const { address, size, direction } = access;
  if (direction === "execute") return null;
  const [at, bytes] = [BigInt(address), BigInt(Math.max(size, 1))];
  const touching = windowsOf(scene).filter((window) => touches(window, at, bytes));
  const found = touching.find((window) => holds(window, at, bytes));
  if (found === undefined) return null;
  const answer = decideWindow(access, found, scene);
  if (touching.length === 1 || answer.verdict !== "granted") return answer;
  // Which of them the hypervisor's search meets depends on all that are there; it may meet none.
  const overlapping = touching.flatMap(({ what, index }) =>
    what === "region" ? [entryOf(scene.cell, "mem_regions", index, "overlaps")] : [],
  );
  return decision("denied", access, overlapping, []);
}

function decideUnmapped(access: MemoryAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const [address, bytes] = [BigInt(access.address), BigInt(Math.max(access.size, 1))];
  const crossed = windowsOf(scene).filter(
    (window) => window.what === "region" && window.start <= address && touches(window, address, bytes),
  );
  const entries =
    crossed.length > 0
      ? crossed.map(({ index }) => entryOf(cell, "mem_regions", index, "crossed"))
      : [entryOf(cell, "mem_regions", null, "absent")];
  return decision("denied", access, entries, [...nearest(address, cell), ...holders(address, scene)]);
}

function nearest(address: bigint, cell: CellInPlay): readonly DecidingEntry[] {
  const regions = cell.config.memoryRegions
    .map(({ virtStart, size }, index) => ({ start: virtStart, end: virtStart + size, index }))
    .filter(({ start, end }) => start < end);
  const below = closest(
    regions.filter(({ end }) => end <= address).map((each) => [address - each.end, each.index]),
  );
  const above = closest(
    regions.filter(({ start }) => start > address).map((each) => [each.start - address, each.index]),
  );
  return [
    ...(below === null ? [] : [entryOf(cell, "mem_regions", below, "below")]),
    ...(above === null ? [] : [entryOf(cell, "mem_regions", above, "above")]),
  ];
}

/** Of equally near ones, the last. */
function closest(gaps: readonly (readonly [gap: bigint, index: number])[]): number | null {
  let best: readonly [gap: bigint, index: number] | null = null;
  for (const each of gaps) if (best === null || each[0] <= best[0]) best = each;
  return best?.[1] ?? null;
}

/** Who has the same address of the machine: other cells, and the hypervisor itself. */
function holders(address: bigint, { cells, cell, system }: CellScene): readonly DecidingEntry[] {
  const root = cells.find(({ isRoot }) => isRoot);
  const { physStart, size } = system.hypervisorMemory;
  const isOwn = physStart <= address && address < physStart + size;
  return [
    ...(isOwn && root !== undefined ? [entryOf(root, "hypervisor_memory", null, "has")] : []),
    ...cells
      .filter((each) => each !== cell)
      .flatMap((other) =>
        other.config.memoryRegions.flatMap((region, index) =>
          region.physStart <= address &&
          address < region.physStart + region.size &&
          (region.flags & memory.commRegion) === 0n
            ? [entryOf(other, "mem_regions", index, "has")]
            : [],
        ),
      ),
  ];
}
