import { hasFlag } from "../../ir/names.js";
import type { Interval } from "../facts/intervals.js";
import { pageSize } from "../facts/region.js";
import type { Spot } from "../spot.js";
import { ownRegionText } from "../words.js";
import type { Rights } from "./access.js";
import type { CellView } from "./cell-view.js";
import type { Handler, HandlerTable, PassedRegion } from "./trapped.js";

/** What a handler lets through. */
export interface Passage {
  readonly at: Spot;
  readonly rights: Rights;
  readonly phys: Interval;
  /** Where the first byte is seen. */
  readonly virt: bigint;
  /** Why. */
  readonly text: string;
}

const widthFlags: readonly (readonly [flag: string, bits: number])[] = [
  ["JAILHOUSE_MEM_IO_8", 8],
  ["JAILHOUSE_MEM_IO_16", 16],
  ["JAILHOUSE_MEM_IO_32", 32],
  ["JAILHOUSE_MEM_IO_64", 64],
];

/** Regions of more pages are taken as one piece where their addresses do not fit: `passesOf` says when. */
const pagesTakenApart = 64n;

/** Bytes of a handler that accesses of some widths may go to. */
interface Piece {
  readonly offset: bigint;
  readonly length: bigint;
  /** Ascending. */
  readonly widths: readonly number[];
}

/**
 * The bytes that accesses of the allowed widths get to (hypervisor/mmio.c:307-365): aligned within the region unless it
 * allows others, and never across the end of the one page that the hypervisor maps for the access. Where the offset within
 * the page is not the same for the cell as on the machine, each page so loses its end: accesses there make the hypervisor
 * fault. Where handlers overlap, only accesses count that find this one.
 */
export function passesOf({ handlers }: CellView, handler: Handler): readonly Passage[] {
  const { size, passes } = handler;
  if (passes === null || !("region" in passes)) return [];
  const { region, phys } = passes;
  if (!region.read && !region.write) return [];
  const allowed = widthFlags.filter(([flag]) => hasFlag(region.node.flags, flag)).map(([, bits]) => bits);
  const shift = phys % pageSize;
  const isTakenApart = shift !== 0n && size <= pagesTakenApart * pageSize;
  return foundPieces(handlers, handler, allowed)
    .flatMap((piece) => (isTakenApart ? pagesOf(piece, shift) : [piece]))
    .flatMap((piece) => passage(handler, passes, piece) ?? []);
}

/** All of it at once where the handler is found with every width wherever the access fits; else each width by itself. */
function foundPieces(handlers: HandlerTable, handler: Handler, widths: readonly number[]): readonly Piece[] {
  const { start, size } = handler;
  const found = widths.map((bits) => handlers.addressesOf(handler, BigInt(bits / 8)));
  const isWhole = found.every((intervals, index) => {
    const bytes = BigInt(widths[index]! / 8);
    const [first] = intervals;
    return size < bytes || (first?.start === start && first.end === start + size - bytes + 1n);
  });
  if (isWhole) return widths.length === 0 ? [] : [{ offset: 0n, length: size, widths }];
  return found.flatMap((intervals, index) => {
    const bits = widths[index]!;
    return intervals.map((each) => ({
      offset: each.start - start,
      length: each.end - each.start + BigInt(bits / 8) - 1n,
      widths: [bits],
    }));
  });
}

/** Without the end of each page, where the hypervisor has nothing mapped. */
function pagesOf({ offset, length, widths }: Piece, shift: bigint): readonly Piece[] {
  const pages: Piece[] = [];
  const end = offset + length;
  for (let page = offset - (offset % pageSize); page < end; page += pageSize) {
    const from = page > offset ? page : offset;
    const to = page + pageSize - shift < end ? page + pageSize - shift : end;
    if (from < to) pages.push({ offset: from, length: to - from, widths });
  }
  return pages;
}

function passage(
  { start }: Handler,
  { region, phys }: PassedRegion,
  { offset, length, widths }: Piece,
): Passage | undefined {
  const isUnaligned = hasFlag(region.node.flags, "JAILHOUSE_MEM_IO_UNALIGNED");
  const end = offset + length;
  let [first, last] = [end, offset];
  for (const bits of widths) {
    const bytes = BigInt(bits / 8);
    const from = isUnaligned ? offset : offset + ((bytes - (offset % bytes)) % bytes);
    const to = isUnaligned ? end : end - (end % bytes);
    if (to - from < bytes) continue;
    if (from < first) first = from;
    if (to > last) last = to;
  }
  if (first >= last) return undefined;
  const names = [widths.slice(0, -1).join(", "), widths.at(-1)].filter((each) => each !== "").join(" and ");
  return {
    at: region.spot(),
    rights: { read: region.read, write: region.write, execute: false },
    phys: { start: phys + first, end: phys + last },
    virt: start + first,
    text: `${ownRegionText(region)} lets accesses of ${names} bits through`,
  };
}
