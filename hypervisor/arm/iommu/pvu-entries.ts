import type { MemoryRegion } from "../../core/config/cell-config.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import { Refusal } from "../../core/refusal.js";

/** A page that devices of a cell reach. */
export interface PvuEntry {
  readonly virtual: bigint;
  readonly physical: bigint;
  readonly size: bigint;
  /** `JAILHOUSE_MEM_READ`, `_WRITE` and `_EXECUTE`. */
  readonly access: number;
}

/** So many entries fit into the page that a cell has for them (arch/arm64/ti-pvu.c:36). */
export const mostEntries = 128;

/** In descending order: 16G, 1G, 512M, 32M, 2M, 64K, 16K, 4K. */
const pageSizes = [34, 30, 29, 25, 21, 16, 14, 12].map((bits) => 1n << BigInt(bits));

/**
 * The largest pages that a region can be made of, from its start on. EINVAL with a line for a region that has no whole pages,
 * or too many of them (arch/arm64/ti-pvu.c:263-318).
 */
export function entriesOf(hypervisor: Hypervisor, region: MemoryRegion, room: number): readonly PvuEntry[] {
  const { physStart, virtStart, size } = region;
  const entries: PvuEntry[] = [];
  let done = 0n;
  // Sizes count as signed: half of all of them are none.
  for (let left = BigInt.asIntN(64, size); left > 0n; ) {
    if (entries.length === room) {
      const [virtual, physical, bytes] = [virtStart, physStart, size].map(hex);
      hypervisor.print(
        `ERROR: PVU: Need more TLB entries for mapping ${virtual} => ${physical} with size ${bytes}\n`,
      );
      throw new Refusal("EINVAL");
    }
    const virtual = BigInt.asUintN(64, virtStart + done);
    const physical = BigInt.asUintN(64, physStart + done);
    const page = pageSizes.find(
      (bytes) => left >= bytes && virtual % bytes === 0n && physical % bytes === 0n,
    );
    if (page === undefined) {
      hypervisor.print(
        `ERROR: PVU: Addresses ${hex(virtual)} ${hex(physical)}aren't aligned to any of the allowed page sizes\n`,
      );
      throw new Refusal("EINVAL");
    }
    entries.push({ virtual, physical, size: page, access: Number(region.flags & 7n) });
    done += page;
    left -= page;
  }
  return entries;
}

function hex(value: bigint): string {
  return value.toString(16);
}

/** Larger pages first, in the order that exchanging pairs leaves (arch/arm64/ti-pvu.c:320-334). */
export function sortBySize(entries: PvuEntry[]): void {
  for (let first = 0; first < entries.length; first++) {
    for (let other = first; other < entries.length; other++) {
      const [one, two] = [entries[first]!, entries[other]!];
      if (one.size < two.size) [entries[first], entries[other]] = [two, one];
    }
  }
}
