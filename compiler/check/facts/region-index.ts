import type { CheckedConfig } from "./checked-config.js";
import { IntervalIndex } from "./intervals.js";
import type { PhysicalRange, Region, VirtualRange } from "./region.js";

/**
 * Indexes of regions of one kind. A question about that kind is answered by them at once, where an index of all regions
 * has to be searched through what else lies at the place, which may be everything that a config has.
 */

type IndexOf<Range extends PhysicalRange | VirtualRange> = (config: CheckedConfig) => IntervalIndex<Range>;

/** By physical memory; made once for each config. */
export function physicalIndexOf(counts: (region: Region) => boolean): IndexOf<PhysicalRange> {
  return madeOnce(({ byPhysical }) => byPhysical.items.filter(({ region }) => counts(region)));
}

/** By where the cell sees them; made once for each config. */
export function virtualIndexOf(counts: (region: Region) => boolean): IndexOf<VirtualRange> {
  return madeOnce(({ byVirtual }) => byVirtual.items.filter(({ region }) => counts(region)));
}

function madeOnce<Range extends PhysicalRange | VirtualRange>(
  rangesOf: (config: CheckedConfig) => readonly Range[],
): IndexOf<Range> {
  const known = new WeakMap<CheckedConfig, IntervalIndex<Range>>();
  return (config) => {
    let index = known.get(config);
    if (index === undefined) {
      index = new IntervalIndex(rangesOf(config));
      known.set(config, index);
    }
    return index;
  };
}
