import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { gicSizes } from "../facts/gic-frames.js";
import { type Interval, overlap } from "../facts/intervals.js";
import { redistributorSpace } from "./gic-traps.js";

/**
 * The versions that the machine's GIC may have, as far as it makes a difference: a config says 3 of a GICv4, whose
 * redistributors are twice as large (hypervisor/arch/arm-common/gic-v3.c:404). Where nothing else lies among them, handlers
 * are found in the same way with both sizes: all of the GIC's are in front of an address or all are behind it.
 */
export function gicVersionsOf({ system, all, board }: CheckedSet): readonly (number | null)[] {
  const version = board?.gic?.version ?? null;
  const platform = system?.system?.platform;
  const arm = platform?.arm ?? null;
  if (version !== null || system === null || arm === null) return [version];
  const space = redistributorSpace(arm, system.cpus, board?.cpus?.mpidrs ?? null);
  if (space === undefined) return [null];
  const { pciMmconfigBase: base, pciMmconfigEndBus: bus } = platform!;
  const others: readonly Interval[] = [
    { start: arm.gicdBase, end: arm.gicdBase + gicSizes.distributor3 },
    ...(base === 0n ? [] : [{ start: base, end: base + (BigInt(bus + 1) << 20n) }]),
  ];
  const isShared = others.some((each) => overlap(each, space)) || all.some((each) => touches(each, space));
  return isShared ? [3, 4] : [3];
}

/** Addresses at which a cell is trapped, and those at which the root cell loses what is trapped. */
function touches({ regions, physicalDevices }: CheckedConfig, space: Interval): boolean {
  return (
    regions.some(({ phys, virt }) => overlap(phys, space) || overlap(virt, space)) ||
    physicalDevices.some(({ msixAddress: start, msixRegionSize }) =>
      overlap({ start, end: start + BigInt(msixRegionSize) }, space),
    )
  );
}
