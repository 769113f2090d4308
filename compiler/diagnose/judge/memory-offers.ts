/** Edits that grant access to memory. */

import type { CheckedConfig } from "../../check/facts/checked-config.js";
import { contains, type Interval, overlap } from "../../check/facts/intervals.js";
import { pageSize, type Region } from "../../check/facts/region.js";
import { setField } from "../../check/facts/region-fixes.js";
import type { Change, NewRegion } from "../../check/fix.js";
import { hex, ownRegionText, regionText, sizeText } from "../../check/words.js";
import { inOrder } from "../../ir/constants.js";
import { flagSet, hasFlag } from "../../ir/names.js";
import type { DeniedAccess } from "../log/statement.js";
import { missingFlags } from "./granted.js";
import type { CellScene, Judgement, Offer } from "./judgement.js";
import { guardedBy, type Owner, offered, otherCellsAt } from "./taken.js";

export type MemoryAccess = DeniedAccess & { readonly kind: "memory" };

/** Where the programs of upstream's library expect the communication region. */
const commAddresses = { x86: 0x10_0000n, arm: 0x8000_0000n } as const;

export function rangeOf({ address, size }: MemoryAccess): Interval {
  return { start: address, end: address + BigInt(Math.max(size, 1)) };
}

const flagOf = {
  read: "JAILHOUSE_MEM_READ",
  write: "JAILHOUSE_MEM_WRITE",
  execute: "JAILHOUSE_MEM_EXECUTE",
} as const;

/** What the page tables ask for: memory that is written or executed can be read. */
export function flagsFor({ direction }: MemoryAccess, { partition }: CellScene): readonly string[] {
  if (direction === "read") return [flagOf.read];
  if (direction === "execute" && !partition.isX86) return [flagOf.read];
  return [flagOf.read, flagOf[direction]];
}

export function physOf(region: Region, { start, end }: Interval): Interval {
  const shift = region.phys.start - region.virt.start;
  return { start: start + shift, end: end + shift };
}

/** The region grows by the page that the access begins in the one right behind it; of a trapped one, by the access. */
export function extension(
  region: Region,
  access: MemoryAccess,
  scene: CellScene,
): Pick<Judgement, "offers" | "withheld" | "notes"> {
  const range = rangeOf(access);
  if (region.comm || region.virt.end + pageSize <= range.start) return {};
  const needed =
    region.isSubPage && access.direction !== "execute"
      ? missingFlags(region, range.start - region.virt.start, access.direction, Math.max(access.size, 1))
      : flagsFor(access, scene).filter((flag) => !hasFlag(region.node.flags, flag));
  if (needed.length > 0) return {};
  const end = region.isSubPage ? range.end : pageEnd(range.end);
  const grown = { start: region.virt.end, end };
  if (scene.cell.regions.some((each) => each !== region && overlap(each.virt, grown))) return {};
  const phys = physOf(region, grown);
  const size = end - region.virt.start;
  const isTaken = !scene.cell.isRoot && !region.rootShared;
  const notes = isTaken ? { notes: [lostByRoot] } : {};
  return {
    ...notes,
    ...offered([...otherCellsAt(phys, scene), ...guardedBy(phys, scene)], {
      title: `make ${ownRegionText(region)} ${sizeText(size)} long`,
      access,
      ways: [[setField(region, "size", size)]],
    }),
  };
}

const lostByRoot = "the root cell loses the page while the cell exists: Linux must not use it";

/** A page of a device that the root cell has, at the address that it has on the machine. */
export function newRegion(
  roots: readonly Region[],
  others: readonly Owner[],
  access: MemoryAccess,
  scene: CellScene,
): Pick<Judgement, "offers" | "withheld" | "help" | "notes"> {
  const { cell } = scene;
  const range = rangeOf(access);
  const page = { start: range.start - (range.start % pageSize), end: pageEnd(range.end) };
  if (others.length > 0) return { ...offered(others, null), help: "take another device, or another address" };
  const [root] = roots;
  if (!cell.isRoot && root?.execute === true)
    return {
      help: `mend the address in the program: the root cell's Linux runs in this memory`,
      withheld: [`the root cell uses this memory (${regionText(root)})`],
    };
  if (!cell.isRoot && (root === undefined || !contains(root.phys, page)))
    return {
      help: "mend the address in the program, or add a region: the root cell has nothing at this address of the machine, either",
    };
  if (cell.regions.some((each) => overlap(each.virt, page)))
    return { help: "the page has a trapped region already: add another one for these bytes" };
  const names = [...flagsFor(access, scene), ...(root?.io === true ? ["JAILHOUSE_MEM_IO"] : [])];
  const region: NewRegion = {
    physStart: page.start,
    virtStart: page.start,
    size: page.end - page.start,
    flags: flagSet(...inOrder(names)),
  };
  const taken = [...otherCellsAt(page, scene), ...guardedBy(page, scene)];
  return {
    ...(cell.isRoot || taken.length > 0 ? {} : { notes: [lostByRoot] }),
    help: `add a region if ${cell.title} is meant to ${access.direction} there`,
    ...offered(taken, { title: `add the page at ${hex(page.start)}`, access, ways: [[added(cell, region)]] }),
  };
}

export function commOffer(access: MemoryAccess, { cell, partition }: CellScene): Offer | undefined {
  const start = partition.isX86 ? commAddresses.x86 : commAddresses.arm;
  if (cell.isRoot || access.address < start || access.address >= start + pageSize) return undefined;
  const known = cell.regions.find(({ comm }) => comm);
  if (known !== undefined) {
    if (known.size > 0n || known.virt.start !== start) return undefined;
    return {
      title: "make the communication region a page",
      access,
      ways: [[setField(known, "size", pageSize)]],
    };
  }
  const flags = flagSet("JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", "JAILHOUSE_MEM_COMM_REGION");
  const region: NewRegion = { physStart: 0n, virtStart: start, size: pageSize, flags };
  return { title: `add a communication region at ${hex(start)}`, access, ways: [[added(cell, region)]] };
}

function added(cell: CheckedConfig, region: NewRegion): Change {
  return { kind: "add", at: cell.cellSpot(), element: { table: "memoryRegions", node: region } };
}

function pageEnd(address: bigint): bigint {
  return ((address + pageSize - 1n) / pageSize) * pageSize;
}
