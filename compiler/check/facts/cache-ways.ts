/** Ways of the L3 cache as bits, as the hypervisor counts them (hypervisor/arch/x86/cat.c). */

import type { CacheRegion } from "../../ir/memory.js";
import { hasFlag } from "../../ir/names.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

/** No processor has more: the number is told in five bits, less one. */
export const mostWays = 32;

/** The part of the cache that a cell asks for; null where it asks for none, or for none that is possible. */
export interface CachePart {
  readonly region: CacheRegion;
  readonly ways: bigint;
  /** The root cell keeps these ways as well. */
  readonly rootShared: boolean;
}

/** AMD processors have no such control of the cache, as far as the hypervisor knows. */
export function hasCacheControl(set: CheckedSet, { machine }: CheckedConfig): boolean {
  return machine === "x86" && set.vendor !== "amd";
}

export function cachePartOf({ cell }: CheckedConfig): CachePart | null {
  const [region, ...others] = cell.cacheRegions;
  if (region === undefined || others.length > 0 || region.type !== "JAILHOUSE_CACHE_L3") return null;
  if (region.size === 0 || region.start + region.size > mostWays) return null;
  const ways = ((1n << BigInt(region.size)) - 1n) << BigInt(region.start);
  return { region, ways, rootShared: hasFlag(region.flags, "JAILHOUSE_CACHE_ROOTSHARED") };
}

/** Those that the root cell starts with: all there can be where its config says nothing. */
export function rootWaysOf(system: CheckedConfig): bigint {
  const part = cachePartOf(system);
  return part?.ways ?? (1n << BigInt(mostWays)) - 1n;
}

/** What the hypervisor keeps book of. */
export interface RootWays {
  readonly root: bigint;
  /** Taken from the root cell only because they are not next to the rest; nobody has them. */
  readonly freed: bigint;
}

/**
 * What remains of the root cell's ways when a cell with a part of its own is created; null where nothing would.
 * Of what remains in two pieces, the root cell keeps the upper one (hypervisor/arch/x86/cat.c:85-135).
 */
export function withoutPart(
  { root, freed }: RootWays,
  { ways, rootShared }: Pick<CachePart, "ways" | "rootShared">,
): RootWays | null {
  if (rootShared || (root & ways) === 0n) return { root, freed };
  const rest = root & ~ways;
  if (rest === 0n) {
    if (freed === 0n) return null;
    const refilled = lowestRun(freed);
    return { root: refilled, freed: freed & ~refilled & ~ways };
  }
  const lower = lowestRun(rest);
  return lower === rest
    ? { root: rest, freed: freed & ~ways }
    : { root: rest & ~lower, freed: (freed | lower) & ~ways };
}

/** The lowest bits in a row. */
export function lowestRun(bits: bigint): bigint {
  const lowest = bits & -bits;
  return bits & ~(bits + lowest);
}

/** `way 5`, `ways 0-3`, `ways 0-1,5`. */
export function waysText(ways: bigint): string {
  const runs: string[] = [];
  for (let rest = ways; rest !== 0n; ) {
    const run = lowestRun(rest);
    const first = (run & -run).toString(2).length - 1;
    const last = run.toString(2).length - 1;
    runs.push(first === last ? String(first) : `${first}-${last}`);
    rest &= ~run;
  }
  return `way${(ways & (ways - 1n)) === 0n ? "" : "s"} ${runs.join(",")}`;
}
