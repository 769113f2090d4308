import type { ArmPlatform } from "../../ir/platform.js";
import { gicSizes, isGicV3 } from "../facts/gic-frames.js";
import type { Interval } from "../facts/intervals.js";
import type { Handler } from "./trapped.js";

/** Machines have fewer. Of CPUs that a config makes up, those behind count as if they had no redistributor. */
const redistributorsKnown = 1024;

/** What is known of the machine's GIC, besides the config. */
export interface KnownGic {
  /** That the GIC itself tells: the config of a GICv4 says 3. */
  readonly version: number | null;
  /** By the number of the CPU. */
  readonly mpidrs: readonly bigint[] | null;
}

/**
 * Where the hypervisor stands in for the GIC, the same for every cell (hypervisor/arch/arm-common/gic-v3.c:404,
 * irqchip.c:440): the redistributor of each CPU of the root cell's config, whoever has the CPU now, then the distributor.
 * The redistributors lie one after the other. Each says whose it is (gic-v3.c:192-235): they are taken to be in the order
 * of MPIDRs or, where these are not known, of the numbers of CPUs. A cell reads identification in all of them, and writes
 * the bits of its own interrupts and CPUs: what that comes to is who has an interrupt.
 *
 * @param cpus ascending numbers
 */
export function gicTraps(
  arm: ArmPlatform,
  cpus: readonly number[],
  { version, mpidrs }: KnownGic,
): readonly Handler[] {
  const { gicdBase, gicrBase } = arm;
  // Before revision 6, configs do not say where it is.
  if (gicdBase === 0n) return [];
  if (!isGicV3(arm)) return [{ start: gicdBase, size: gicSizes.distributor2, passes: null }];
  const size = version === 4 ? gicSizes.redistributor4 : gicSizes.redistributor3;
  return [
    ...framesOf(cpus, mpidrs).map((frame) => ({
      start: gicrBase + BigInt(frame) * size,
      size,
      passes: null,
    })),
    { start: gicdBase, size: gicSizes.distributor3, passes: null },
  ];
}

/** All addresses that redistributors can have, whichever version the GIC is; undefined where there are none. */
export function redistributorSpace(
  arm: ArmPlatform,
  cpus: readonly number[],
  mpidrs: readonly bigint[] | null,
): Interval | undefined {
  const { gicdBase, gicrBase } = arm;
  const last = framesOf(cpus, mpidrs).reduce((most, frame) => Math.max(most, frame), -1);
  if (gicdBase === 0n || !isGicV3(arm) || last < 0) return undefined;
  return { start: gicrBase, end: gicrBase + BigInt(last + 1) * gicSizes.redistributor4 };
}

/** Aff3, Aff2, Aff1 and Aff0 of an MPIDR: what GICR_TYPER says, too. */
const affinity = 0xff_00ff_ffffn;

/** Which redistributor is that of each CPU. */
function framesOf(cpus: readonly number[], mpidrs: readonly bigint[] | null): readonly number[] {
  const known = cpus.slice(0, redistributorsKnown);
  if (mpidrs === null || known.some((cpu) => mpidrs[cpu] === undefined)) return known;
  const ascending = [...new Set(mpidrs.map((mpidr) => mpidr & affinity))].sort((one, other) =>
    one < other ? -1 : 1,
  );
  const frames = new Map(ascending.map((mpidr, frame) => [mpidr, frame]));
  return known.map((cpu) => frames.get(mpidrs[cpu]! & affinity)!);
}
