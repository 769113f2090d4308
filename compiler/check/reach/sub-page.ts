import { hasFlag } from "../../ir/names.js";
import type { Interval } from "../facts/intervals.js";
import { pageSize, type Region } from "../facts/region.js";
import type { Rights } from "./access.js";
import type { CellView } from "./cell-view.js";
import type { Handler } from "./trapped.js";

/** What a trapped region lets through. */
export interface Passage {
  readonly region: Region;
  readonly rights: Rights;
  readonly phys: Interval;
  /** Where the first byte is seen. */
  readonly virt: bigint;
  /** `8`, `8, 16 and 32`. */
  readonly widths: string;
}

const widthFlags: readonly (readonly [flag: string, bits: number])[] = [
  ["JAILHOUSE_MEM_IO_8", 8],
  ["JAILHOUSE_MEM_IO_16", 16],
  ["JAILHOUSE_MEM_IO_32", 32],
  ["JAILHOUSE_MEM_IO_64", 64],
];

/** Regions of more pages are taken as one piece where their addresses do not fit: `passesOf` says when. */
const pagesTakenApart = 64n;

/**
 * The bytes that accesses of the allowed widths get to (hypervisor/mmio.c:307-365): aligned within the region unless it
 * allows others, and never across the end of the one page that the hypervisor maps for the access. Where the offset within
 * the page is not the same for the cell as on the machine, each page so loses its end: accesses there make the hypervisor
 * fault.
 */
export function passesOf({ handlers }: CellView, handler: Handler): readonly Passage[] {
  const { start, size, passes } = handler;
  if (passes === null) return [];
  const { region, phys } = passes;
  const rights = { read: region.read, write: region.write, execute: false };
  const allowed = widthFlags.filter(([flag]) => hasFlag(region.node.flags, flag)).map(([, bits]) => bits);
  if (allowed.length === 0 || (!rights.read && !rights.write)) return [];
  // Among ranges that overlap, which is an error of its own, the search may miss one: what its start finds decides.
  if (handlers.find(start, BigInt(allowed[0]! / 8)) !== handler) return [];
  const isUnaligned = hasFlag(region.node.flags, "JAILHOUSE_MEM_IO_UNALIGNED");
  const shift = phys % pageSize;
  const widths = [allowed.slice(0, -1).join(", "), allowed.at(-1)]
    .filter((each) => each !== "")
    .join(" and ");
  const passage = (offset: bigint, length: bigint): Passage | undefined => {
    const reached = allowed.map((bits) => {
      const bytes = BigInt(bits / 8);
      if (length < bytes) return 0n;
      return isUnaligned ? length : length - (length % bytes);
    });
    const most = reached.reduce((one, other) => (one > other ? one : other));
    if (most === 0n) return undefined;
    return {
      region,
      rights,
      phys: { start: phys + offset, end: phys + offset + most },
      virt: start + offset,
      widths,
    };
  };
  if (shift === 0n || size > pagesTakenApart * pageSize)
    return [passage(0n, size)].flatMap((each) => each ?? []);
  const found: Passage[] = [];
  for (let offset = 0n; offset < size; offset += pageSize) {
    const rest = size - offset;
    const length = pageSize - shift < rest ? pageSize - shift : rest;
    const one = passage(offset, length);
    if (one !== undefined) found.push(one);
  }
  return found;
}
