import type { IrNode, Origins } from "./node.js";

/**
 * x86 ports that a cell may use: ranges since revision 11, before that a bitmap with one bit per port in which a set
 * bit denies access (upstream fills the bitmap with ones before it copies a cell's into it, so ports beyond the end of
 * a shorter one are denied too).
 */
export type PortIo = PortRanges | PortBitmap;

export interface PortRanges {
  readonly kind: "ranges";
  readonly ranges: readonly PortRange[];
  readonly origins: Origins;
}

export interface PortBitmap {
  readonly kind: "bitmap";
  /** Port `n` is bit `n % 8` of byte `n / 8`; 1 denies. The full bitmap has 8192 bytes. */
  readonly bytes: Uint8Array;
  readonly origins: Origins;
}

/** Ports `base` to `base + length - 1` (`jailhouse_pio`). */
export interface PortRange extends IrNode {
  /** 0..0xffff */
  readonly base: number;
  /** Number of ports, 0..0xffff. */
  readonly length: number;
}

/** Half-open: `end` is the port after the last one, at most 0x10000. */
export interface PortInterval {
  readonly start: number;
  readonly end: number;
}

/** Number of ports of x86. */
export const portCount = 0x10000;

/** The longest range that one element of a table holds. */
const longestRange = 0xffff;

/** What a cell may access, as ascending intervals that neither touch nor overlap. */
export function allowedPorts(portIo: PortIo): readonly PortInterval[] {
  return portIo.kind === "ranges" ? mergeRanges(portIo.ranges) : clearBits(portIo.bytes);
}

function mergeRanges(ranges: readonly Pick<PortRange, "base" | "length">[]): readonly PortInterval[] {
  const intervals = ranges
    .map(({ base, length }) => ({ start: base, end: Math.min(base + length, portCount) }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const merged: { start: number; end: number }[] = [];
  for (const interval of intervals) {
    const last = merged.at(-1);
    if (last !== undefined && interval.start <= last.end) last.end = Math.max(last.end, interval.end);
    else merged.push({ ...interval });
  }
  return merged;
}

function clearBits(bytes: Uint8Array): readonly PortInterval[] {
  const intervals: PortInterval[] = [];
  const ports = Math.min(bytes.length * 8, portCount);
  let start = -1;
  for (let port = 0; port <= ports; port++) {
    const allowed = port < ports && ((bytes[port >> 3]! >> (port & 7)) & 1) === 0;
    if (allowed && start < 0) start = port;
    if (!allowed && start >= 0) {
      intervals.push({ start, end: port });
      start = -1;
    }
  }
  return intervals;
}

/** The full bitmap that allows just these ports; no bitmap at all (which denies everything) for none. */
export function bitmapOf(intervals: readonly PortInterval[]): Uint8Array {
  if (intervals.length === 0) return new Uint8Array();
  const bytes = new Uint8Array(portCount / 8).fill(0xff);
  for (const { start, end } of intervals) {
    for (let port = start; port < end; port++) bytes[port >> 3]! &= ~(1 << (port & 7));
  }
  return bytes;
}

/** The fewest table elements that allow just these ports. */
export function rangesOf(intervals: readonly PortInterval[]): readonly { base: number; length: number }[] {
  return intervals.flatMap(({ start, end }) => {
    const ranges: { base: number; length: number }[] = [];
    for (let base = start; base < end; base += longestRange) {
      ranges.push({ base, length: Math.min(end - base, longestRange) });
    }
    return ranges;
  });
}
