/** Streams of transactions as the units in front of them tell them apart. */

import type { StreamId } from "../../ir/config.js";
import type { CheckedConfig } from "./checked-config.js";

/** Bits of ids and masks of an MMU-500 (hypervisor/arch/arm64/smmu.c:88-90). */
const idBits = 0x7fff;
const maskShift = 16;

/** The highest virtual id of a PVU; the hypervisor passes over others (hypervisor/arch/arm64/ti-pvu.c:36). */
export const maxVirtualId = 7;

/** The last stream of the largest table that the hypervisor makes for an SMMUv3 (hypervisor/arch/arm64/smmu-v3.c:46). */
export const maxSmmuV3Stream = 2 ** 25 - 1;

/** What an MMU-500 compares: a stream matches where its id is equal in all bits that the mask does not have. */
export interface StreamMatch {
  readonly id: number;
  /** Bits that do not count. */
  readonly mask: number;
}

export function streamMatchOf({ id, mayHoldMask }: StreamId): StreamMatch {
  return { id: id & idBits, mask: mayHoldMask ? (id >>> maskShift) & idBits : 0 };
}

export function matchesMeet(one: StreamMatch, other: StreamMatch): boolean {
  return ((one.id ^ other.id) & ~(one.mask | other.mask)) === 0;
}

/** Every stream that matches `inner` matches `outer`. */
export function matchContains(outer: StreamMatch, inner: StreamMatch): boolean {
  return (inner.mask & outer.mask) === inner.mask && ((inner.id ^ outer.id) & ~outer.mask) === 0;
}

/** A stream id and the config that lists it. */
export interface ListedStream {
  readonly config: CheckedConfig;
  readonly stream: StreamId;
}

/** Each id once for each config, in the order of the configs. */
export function streamHolders(
  configs: readonly CheckedConfig[],
): ReadonlyMap<number, readonly ListedStream[]> {
  const holders = new Map<number, ListedStream[]>();
  for (const config of configs) {
    for (const stream of config.cell.streamIds) {
      const known = holders.get(stream.id) ?? [];
      if (known.at(-1)?.config === config) continue;
      known.push({ config, stream });
      holders.set(stream.id, known);
    }
  }
  return holders;
}

/** `0x11`, `0x11 with mask 0x7f8`. */
export function streamText(stream: StreamId): string {
  const { id, mask } = streamMatchOf(stream);
  const hasMask = stream.mayHoldMask && mask > 0;
  return hasMask ? `0x${id.toString(16)} with mask 0x${mask.toString(16)}` : `0x${stream.id.toString(16)}`;
}
